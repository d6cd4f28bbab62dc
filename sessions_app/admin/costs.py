"""What the models cost a run, as columns that can be sorted by."""

from __future__ import annotations

from decimal import Decimal

from django.db.models import Count, OuterRef, QuerySet, Subquery, Sum
from django.utils.translation import gettext as _

from ai.errors import Outcome
from metrics_app.queries import Call
from sessions_app.display.calls import USD_DECIMALS
from sessions_app.display.text import MISSING, number


def cost_of_run(run: str) -> Subquery:
    """The known costs of the run that the field `run` names, added up; null without any."""
    by_run = _calls(run).values("run_id")
    return Subquery(by_run.annotate(total=Sum("cost_usd")).values("total"))


def calls_of_unknown_cost(run: str) -> Subquery:
    """How many answers of the run have a price nobody knows; null where there are none."""
    unknown = _calls(run).filter(cost_usd=None, outcome=Outcome.OK, cache_hit=False)
    return Subquery(unknown.values("run_id").annotate(count=Count("pk")).values("count"))


def cost_cell(known: Decimal | None, unknown: int | None) -> str:
    """Without models nothing was spent and nothing is known: not available, as for every figure."""
    if known is None:
        return str(MISSING)
    text = number(float(known), USD_DECIMALS)
    return _("%(known)s and unknown") % {"known": text} if unknown else text


def _calls(run: str) -> QuerySet[Call]:
    return Call.objects.filter(run_id=OuterRef(run)).order_by()
