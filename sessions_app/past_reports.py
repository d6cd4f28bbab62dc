"""What all reports of a person say, for pages that put them beside each other."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Max

from accounts_app.models import User
from sessions_app import codec
from sessions_app.coaching.schemas import Coaching
from sessions_app.models import CoachingNote, PracticeSession, RunStage
from sessions_app.stages.outputs import StageName


class PastReport(NamedTuple):
    """No rows of models: of a thousand talks these would take most of the time of a page.

    `source` is the `TextSource` of the words; `metrics` and `scores` are as stored.
    """

    talk: UUID
    title: str
    created_at: datetime
    kind: str
    target_wpm: int | None
    run: UUID
    source: str | None
    formula_version: str
    metrics: Any
    scores: Any


def past_reports(owner: User, language: str) -> list[PastReport]:
    """Of the owner's talks in a language, oldest first."""
    talks = PracticeSession.objects.filter(
        owner=owner, language=language, current_run__metrics__isnull=False
    )
    rows = talks.order_by("created_at", "pk").values_list(
        "pk",
        "title",
        "created_at",
        "kind",
        "target_wpm",
        "current_run",
        "current_run__transcript__source",
        "current_run__metrics__formula_version",
        "current_run__metrics__metrics",
        "current_run__metrics__scores",
    )
    return [PastReport(*row) for row in rows]


def reported_languages(owner: User) -> list[str]:
    """Languages the owner has reports in, that of the newest one first."""
    talks = PracticeSession.objects.filter(owner=owner, current_run__metrics__isnull=False)
    found = talks.order_by().values("language").annotate(newest=Max("created_at"))
    return [row["language"] for row in found.order_by("-newest", "language")]


def coaching_of(runs: Iterable[UUID]) -> dict[UUID, Coaching]:
    """By run, of those that have any; on the talk as corrected, as on the page of its report."""
    asked = list(runs)
    notes = CoachingNote.objects.filter(run__in=asked).values_list("run", "content")
    scored = RunStage.objects.filter(run__in=asked, stage=StageName.SCORING)
    corrected = scored.values_list("run", "output__coaching")
    found = dict(notes) | {run: content for run, content in corrected if content is not None}
    return {run: codec.load(Coaching, content) for run, content in found.items()}
