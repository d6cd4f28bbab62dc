"""What other systems may read of the record of model calls."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

from django.db.models import Case, Count, DecimalField, OuterRef, Q, QuerySet, Subquery, Sum, When
from django.db.models.functions import Coalesce
from django.db.models.lookups import GreaterThan

from ai.errors import Outcome
from metrics_app.models import Call

__all__ = ["Call", "calls_of_run", "cost_of_run_subquery"]

# The server did no work, or we did not even send: no price is no unknown price.
UNPAID = (
    Outcome.RATE_LIMITED,
    Outcome.SERVER_ERROR,
    Outcome.TOO_LONG,
    Outcome.QUOTA_EXHAUSTED,
    Outcome.REJECTED,
    Outcome.SPEND_CAP,
    Outcome.UNAVAILABLE,
)
UNKNOWN_COST = Q(cost_usd=None, cache_hit=False) & ~Q(outcome__in=UNPAID)


def calls_of_run(run_id: UUID) -> QuerySet[Call]:
    """The calls of one run in the order they were made."""
    return Call.objects.filter(run_id=run_id).order_by("started_at", "id")


def cost_of_run_subquery(outer_ref: str) -> Subquery:
    """US dollars of the run whose id the outer query calls `outer_ref`, to show and sort by.

    `None` when the cost is unknown, and for a run that never called a model.
    """
    calls = Call.objects.filter(run_id=OuterRef(outer_ref)).order_by().values("run_id")
    return Subquery(calls.annotate(usd=_usd()).values("usd"))


def _usd() -> Case:
    known = Coalesce(Sum("cost_usd"), Decimal(0), output_field=DecimalField())
    return Case(When(GreaterThan(Count("id", filter=UNKNOWN_COST), 0), then=None), default=known)
