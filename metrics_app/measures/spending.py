"""What a stretch of time cost, and what a day and a month like it would."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from metrics_app.measures import calls, runs
from metrics_app.measures.calls import CENTS, CallTotals
from metrics_app.windows import EVERYTHING, Scope, Window

DAY_MINUTES = 24 * 60
MONTH_MINUTES = 30 * DAY_MINUTES


@dataclass(frozen=True, slots=True)
class Cost:
    """US dollars of what is priced; `unpriced` calls come on top.

    `per_run` divides by the runs that ended in the window. The projections take the rate of the
    window for 24 hours and for 30 days. `None` where there is nothing to go by.
    """

    usd: Decimal
    per_run: Decimal | None
    projected_day: Decimal | None
    projected_month: Decimal | None
    unpriced: int


def cost(window: Window, scope: Scope = EVERYTHING) -> Cost:
    spent = calls.totals(window, scope)[""]
    return cost_of(spent, runs.totals(window, scope)[""].runs, window)


def cost_of(spent: CallTotals, ended: int, window: Window) -> Cost:
    """Of calls and a number of runs that are known."""
    projects = bool(spent.calls) and window.minutes > 0
    return Cost(
        usd=spent.usd,
        per_run=(spent.usd / ended).quantize(CENTS) if ended else None,
        projected_day=_projected(spent.usd, window, DAY_MINUTES) if projects else None,
        projected_month=_projected(spent.usd, window, MONTH_MINUTES) if projects else None,
        unpriced=spent.unpriced,
    )


def _projected(usd: Decimal, window: Window, minutes: int) -> Decimal:
    return (usd * minutes / Decimal(window.minutes)).quantize(CENTS)
