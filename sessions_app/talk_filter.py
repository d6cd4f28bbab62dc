"""Which of their talks a person wants to see, and in what order."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from itertools import islice
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Lower
from django.utils.timezone import make_aware

from sessions_app.models import LIVE_STATES, PracticeSession, RunState

MOST_FOUND = 10_000
"""Talks that a search finds, the newest of them; SQLite takes 32,766 values in a question."""


class Stand(StrEnum):
    """How far a talk is, as somebody who looks for it would say."""

    READY = "ready"
    WORKING = "working"
    STOPPED = "stopped"
    ASKS = "asks"


class Attempts(StrEnum):
    FIRST = "first"
    RETAKES = "retakes"


class Order(StrEnum):
    NEWEST = "newest"
    OLDEST = "oldest"
    TITLE = "title"
    SCORE = "score"
    FILLERS = "fillers"


@dataclass(frozen=True, slots=True)
class TalkFilter:
    """What is empty or `None` leaves nothing out. `since` and `until` are days, both included."""

    text: str = ""
    kind: str = ""
    language: str = ""
    state: str = ""
    attempts: str = ""
    since: date | None = None
    until: date | None = None
    order: Order = Order.NEWEST


def filtered(talks: QuerySet[PracticeSession], wish: TalkFilter) -> QuerySet[PracticeSession]:
    found = talks
    if wish.kind:
        found = found.filter(kind=wish.kind)
    if wish.language:
        found = found.filter(language=wish.language)
    if wish.state:
        found = found.filter(_STANDS[Stand(wish.state)])
    if wish.attempts:
        found = found.filter(retake_of__isnull=wish.attempts == Attempts.FIRST)
    if wish.since:
        found = found.filter(created_at__gte=make_aware(datetime.combine(wish.since, time.min)))
    if wish.until:
        found = found.filter(created_at__lte=make_aware(datetime.combine(wish.until, time.max)))
    if wish.text:
        found = found.filter(pk__in=_naming(found, wish.text))
    return found.order_by(*_ORDERS[wish.order])


def _naming(talks: QuerySet[PracticeSession], text: str) -> list[UUID]:
    """Keys of the talks whose title or prompt has every word of `text`.

    Compared here and not by the database: neither SQLite nor a PostgreSQL with the C locale knows
    that "Ü" is a capital "ü".
    """
    sought = _folded(text).split()
    rows = talks.order_by("-created_at").values_list("pk", "title", "prompt")
    found = (
        pk
        for pk, title, prompt in rows
        if all(word in _folded(f"{title}\n{prompt}") for word in sought)
    )
    return list(islice(found, MOST_FOUND))


def _folded(text: str) -> str:
    """Without case and without accents, so that "resume" finds a "Résumé"."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


_STANDS: Mapping[Stand, Q] = {
    Stand.READY: Q(latest_run__state=RunState.COMPLETED),
    Stand.WORKING: Q(latest_run__state__in=LIVE_STATES),
    Stand.STOPPED: Q(
        latest_run__state__in=(RunState.FAILED, RunState.CANCELLED, RunState.QUARANTINED)
    ),
    Stand.ASKS: Q(latest_run=None),
}
_ORDERS: Mapping[Order, tuple[Any, ...]] = {
    Order.NEWEST: ("-created_at", "pk"),
    Order.OLDEST: ("created_at", "pk"),
    Order.TITLE: (Lower("title"), "-created_at", "pk"),
    Order.SCORE: (
        F("current_run__metrics__overall_score").desc(nulls_last=True),
        "-created_at",
        "pk",
    ),
    Order.FILLERS: (
        F("current_run__metrics__fillers_per_minute").asc(nulls_last=True),
        "-created_at",
        "pk",
    ),
}
