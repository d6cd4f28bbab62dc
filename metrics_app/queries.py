"""What other systems may read of the records of runs, model calls and corrections."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final
from uuid import UUID

from django.db.models import Case, Count, DecimalField, OuterRef, Q, QuerySet, Subquery, Sum, When
from django.db.models.functions import Coalesce
from django.db.models.lookups import GreaterThan

from ai.errors import Outcome
from metrics_app.models import (
    EVERYBODY,
    NOBODY,
    Call,
    CorrectionEvent,
    KeptAnswer,
    Run,
    Spending,
    StageTiming,
)
from metrics_app.models import Outcome as RunOutcome

__all__ = [
    "Call",
    "CorrectionCount",
    "answers_of_owner",
    "calls_of_owner",
    "calls_of_run",
    "correction_counts",
    "cost_of_run_subquery",
    "owners_on_record",
    "runs_of_owner",
    "spending_of_owner",
]

NOT_SENT: Final = (Outcome.SPEND_CAP, Outcome.UNAVAILABLE)
"""Of calls that our own cap, breaker or budget held back."""

# The server did no work, or we did not even send: no price is no unknown price.
UNPAID = (
    Outcome.RATE_LIMITED,
    Outcome.SERVER_ERROR,
    Outcome.TOO_LONG,
    Outcome.QUOTA_EXHAUSTED,
    Outcome.REJECTED,
    *NOT_SENT,
)
UNKNOWN_COST = Q(cost_usd=None, cache_hit=False) & ~Q(outcome__in=UNPAID)

PARALLEL: Final = "parallel"
"""The mode of a run whose calls went side by side, or were going to when it ended."""
CAME_DOWN: Final = Q(degraded=True, variants__parallel_ai_processing=True) & ~Q(
    mode__in=("", PARALLEL)
)
"""Runs that were to have their calls side by side, and had to make them another way."""

WHOLE: Final = Q(outcome=RunOutcome.COMPLETED, total_ms__isnull=False)
"""Runs that were completed, and took nothing over: others may have stopped anywhere, or begun."""

_TOLD_OF_RUNS: Final = (
    "kind",
    "run_id",
    "queue",
    "mode",
    "outcome",
    "problem",
    "degraded",
    "regenerated",
    "agreement_difference",
    "waited_ms",
    "total_ms",
    "variants",
    "finished_at",
)
_AT_A_TIME: Final = 500
_TOLD: Final = (
    "started_at",
    "run_kind",
    "run_id",
    "purpose",
    "model",
    "prompt_version",
    "attempt",
    "outcome",
    "detail",
    "tokens_in",
    "tokens_cached",
    "tokens_out",
    "audio_ms",
    "cost_usd",
    "latency_ms",
    "cache_hit",
)


@dataclass(frozen=True, slots=True)
class CorrectionCount:
    """`kind` and `source` are those of `CorrectionEvent`."""

    kind: str
    source: str
    made: int
    taken_back: int


def calls_of_run(run_id: UUID) -> QuerySet[Call]:
    """The calls of one run in the order they were made."""
    return Call.objects.filter(run_id=run_id).order_by("started_at", "id")


def correction_counts(since: datetime, until: datetime) -> list[CorrectionCount]:
    """Corrections of a stretch of time, its end not included, by kind and whose work it was;
    the most frequent first."""
    events = CorrectionEvent.objects.filter(at__gte=since, at__lt=until).order_by()
    counted = events.values_list("kind", "source").annotate(
        times_made=Count("id", filter=Q(made=True)),
        times_taken_back=Count("id", filter=Q(made=False)),
    )
    return [CorrectionCount(*row) for row in counted.order_by("-times_made", "kind", "source")]


def cost_of_run_subquery(outer_ref: str) -> Subquery:
    """US dollars of the run whose id the outer query calls `outer_ref`, to show and sort by.

    `None` when the cost is unknown, and for a run that never called a model.
    """
    calls = Call.objects.filter(run_id=OuterRef(outer_ref)).order_by().values("run_id")
    return Subquery(calls.annotate(usd=_usd()).values("usd"))


def _usd() -> Case:
    known = Coalesce(Sum("cost_usd"), Decimal(0), output_field=DecimalField())
    return Case(When(GreaterThan(Count("id", filter=UNKNOWN_COST), 0), then=None), default=known)


def calls_of_owner(owner_id: int) -> Iterator[Mapping[str, object]]:
    """Everything recorded of a person's calls, in the order they were made."""
    calls = Call.objects.filter(owner_id=owner_id).order_by("started_at", "id")
    yield from calls.values(*_TOLD).iterator()


def runs_of_owner(owner_id: int) -> Iterator[Mapping[str, object]]:
    """Everything recorded of how a person's runs ended, oldest first, with their stages."""
    runs = Run.objects.filter(owner_id=owner_id).order_by("finished_at", "id")
    for run in runs.prefetch_related("stages").iterator(chunk_size=_AT_A_TIME):
        told = {name: getattr(run, name) for name in _TOLD_OF_RUNS}
        yield told | {"stages": [_told_of_stage(time) for time in run.stages.all()]}


def _told_of_stage(time: StageTiming) -> Mapping[str, object]:
    return {"stage": time.stage, "state": time.state, "duration_ms": time.duration_ms}


def spending_of_owner(owner_id: int) -> Iterator[Mapping[str, object]]:
    """US dollars by day (UTC)."""
    days = Spending.objects.filter(owner_id=owner_id).order_by("day")
    return days.values("day", "usd").iterator()


def answers_of_owner(owner_id: int) -> Iterator[Mapping[str, object]]:
    """The answers of models that are kept for a person."""
    kept = KeptAnswer.objects.filter(owner_id=owner_id).order_by("pk")
    return kept.values("about", "answer", "expires_at").iterator()


def owners_on_record() -> set[int]:
    """Whose runs, calls, corrections, answers and spending are known by a name."""
    named: set[int | None] = set()
    for record in (Run, Call, CorrectionEvent, KeptAnswer, Spending):
        named.update(record.objects.order_by().values_list("owner_id", flat=True).distinct())
    return {owner for owner in named if owner not in (None, NOBODY, EVERYBODY)}
