"""The speaker's earlier talks, which a talk is compared with."""

from __future__ import annotations

from django.db.models import QuerySet

from sessions_app import codec
from sessions_app.models import PracticeSession, RunMetrics
from sessions_app.speech import baseline
from sessions_app.speech.metrics import FORMULA_VERSION, Metrics
from sessions_app.stages.outputs import TextSource


def earlier_talks(session: PracticeSession) -> QuerySet[PracticeSession]:
    """The owner's finished talks before this one in its language, newest first.

    Without drafts: a recogniser that misses words makes everybody slower.
    """
    return (
        PracticeSession.objects.filter(
            owner=session.owner_id,
            language=session.language,
            created_at__lt=session.created_at,
            current_run__metrics__isnull=False,
        )
        .exclude(current_run__transcript__source=TextSource.DRAFT)
        .select_related("current_run__metrics")
    )


def history_of(session: PracticeSession) -> tuple[Metrics, ...]:
    """The last talks this one can be compared with, oldest first, with their corrections."""
    rows = RunMetrics.objects.filter(
        formula_version=FORMULA_VERSION,
        run__in=earlier_talks(session).values("current_run"),
    ).order_by("-run__session__created_at")[: baseline.TALKS]
    return tuple(codec.load(Metrics, row.metrics) for row in reversed(rows))
