"""What other systems may read of the record of model calls."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db.models import Case, Count, DecimalField, OuterRef, Q, QuerySet, Subquery, Sum, When
from django.db.models.functions import Coalesce
from django.db.models.lookups import GreaterThan

from ai.errors import Outcome
from metrics_app.models import Call

__all__ = ["Call", "Cost", "calls_of_run", "cost_of_run_subquery", "costs_of_runs"]

# The server did no work, or we did not even send: no price is no unknown price.
UNPAID = (
    Outcome.RATE_LIMITED,
    Outcome.SERVER_ERROR,
    Outcome.CONNECTION,
    Outcome.TOO_LONG,
    Outcome.QUOTA_EXHAUSTED,
    Outcome.REJECTED,
    Outcome.SPEND_CAP,
    Outcome.UNAVAILABLE,
)
UNKNOWN_COST = Q(cost_usd=None, cache_hit=False) & ~Q(outcome__in=UNPAID)
EXACT = Decimal("0.00000001")  # US dollars, as a call's own cost is kept


@dataclass(frozen=True, slots=True)
class Cost:
    """`usd` is `None` when a call that may have been paid has no known cost.

    Tokens are the sum of what servers told, `None` when none told anything.
    `calls` are attempts, `cache_hits` answers that were there already.
    """

    usd: Decimal | None
    tokens_in: int | None
    tokens_cached: int | None
    tokens_out: int | None
    calls: int
    cache_hits: int


def calls_of_run(run_id: UUID) -> QuerySet[Call]:
    """The calls of one run in the order they were made."""
    return Call.objects.filter(run_id=run_id).order_by("started_at", "id")


def costs_of_runs(run_ids: Collection[UUID]) -> dict[UUID, Cost]:
    """By run, in one query. A run that never called a model is not in it."""
    rows = (
        Call.objects.filter(run_id__in=run_ids)
        .order_by()
        .values("run_id")
        .annotate(
            usd=_usd(),
            sum_in=Sum("tokens_in"),
            sum_cached=Sum("tokens_cached"),
            sum_out=Sum("tokens_out"),
            sent=Count("id", filter=Q(cache_hit=False)),
            hits=Count("id", filter=Q(cache_hit=True)),
        )
        .values_list("run_id", "usd", "sum_in", "sum_cached", "sum_out", "sent", "hits")
    )
    return {run_id: Cost(_exact(usd), *rest) for run_id, usd, *rest in rows if run_id}


def cost_of_run_subquery(outer_ref: str) -> Subquery:
    """US dollars of the run whose id the outer query calls `outer_ref`, to show and sort by.

    `None` when the cost is unknown, and for a run that never called a model.
    """
    calls = Call.objects.filter(run_id=OuterRef(outer_ref)).order_by().values("run_id")
    return Subquery(calls.annotate(usd=_usd()).values("usd"))


def _usd() -> Case:
    known = Coalesce(Sum("cost_usd"), Decimal(0), output_field=DecimalField())
    return Case(When(GreaterThan(Count("id", filter=UNKNOWN_COST), 0), then=None), default=known)


def _exact(usd: Decimal | None) -> Decimal | None:
    """SQLite adds in binary fractions."""
    return None if usd is None else usd.quantize(EXACT)
