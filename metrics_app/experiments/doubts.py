"""Why variants may differ for another reason than the flag."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from typing import Any

from django.contrib.admin.models import LogEntry
from django.db.models import (
    BooleanField,
    CharField,
    Exists,
    ExpressionWrapper,
    OuterRef,
    Q,
    QuerySet,
)
from django.db.models.functions import Cast

from metrics_app.known_flags import KNOWN_FLAGS
from metrics_app.models import FeatureFlag
from metrics_app.windows import Window

AT_ONCE = timedelta(seconds=1)  # from the creation of a row to its first saving

_RANKS = Q(superusers=True) | Q(staff=True) | Q(authenticated=True)
_ANY_RANK = ExpressionWrapper(_RANKS, BooleanField())


class Doubt(StrEnum):
    """`NOT_DRAWN`: nobody is drawn, all have the same variant now, and what differs is when.
    `LISTED`: people are chosen by name, group or rank. `CHANGED`: not one setting the whole time.
    `BY_HAND`: those who order a run may choose, too.
    """

    NOT_DRAWN = "not_drawn"
    LISTED = "listed"
    CHANGED = "changed"
    BY_HAND = "by_hand"


def doubts_about(name: str, window: Window) -> tuple[Doubt, ...]:
    """One query."""
    flag = _rows(name, window).first()
    doubts = {
        Doubt.NOT_DRAWN: flag is None or flag["everyone"] is not None or not flag["percent"],
        Doubt.LISTED: flag is not None and flag["everyone"] is None and _lists(flag),
        Doubt.CHANGED: flag is not None and _was_changed(flag, window),
        Doubt.BY_HAND: KNOWN_FLAGS[name].by_hand,
    }
    return tuple(doubt for doubt, there in doubts.items() if there)


def _rows(name: str, window: Window) -> QuerySet[FeatureFlag, dict[str, Any]]:
    changes = LogEntry.objects.filter(
        content_type__app_label="metrics_app",
        content_type__model="featureflag",
        object_id=Cast(OuterRef("pk"), CharField()),
        action_time__gte=window.since,
        action_time__lt=window.until,
    )
    of_it = {"featureflag_id": OuterRef("pk")}
    return FeatureFlag.objects.filter(name=name).values(
        "everyone",
        "percent",
        "created",
        "modified",
        by_rank=_ANY_RANK,
        by_user=Exists(FeatureFlag.users.through.objects.filter(**of_it)),
        by_group=Exists(FeatureFlag.groups.through.objects.filter(**of_it)),
        has_entry=Exists(changes),
    )


def _lists(flag: dict[str, Any]) -> bool:
    return any(flag[way] for way in ("by_rank", "by_user", "by_group"))


def _was_changed(flag: dict[str, Any], window: Window) -> bool:
    """Also where no history was kept of it. A row that is as it was made is not changed."""
    touched = flag["modified"] - flag["created"] > AT_ONCE
    return bool(flag["has_entry"]) or (touched and window.since <= flag["modified"] < window.until)
