"""How much."""

from __future__ import annotations

from decimal import Decimal

from metrics_app.api.answers import Costs, Spent
from metrics_app.api.question import Question
from metrics_app.measures import runs
from metrics_app.measures.calls import CENTS, CallsIn, CallTotals
from metrics_app.measures.spending import DAY_MINUTES, MONTH_MINUTES
from metrics_app.windows import Window


def costs(question: Question) -> Costs:
    window, scope = question.latest(), question.scope
    totals = CallsIn(window, scope).totals("", "model")
    total = totals[""][""]
    ended = runs.totals(window, scope)[""].runs
    return Costs(
        asked=question.asked(window),
        total=spent(total, window),
        usd_per_run=each(total.usd, ended),
        by_model={model: spent(found, window) for model, found in totals["model"].items()},
    )


def spent(found: CallTotals, window: Window) -> Spent:
    return Spent(
        calls=found.calls,
        unpriced=found.unpriced,
        tokens_in=found.tokens_in,
        tokens_cached=found.tokens_cached,
        tokens_out=found.tokens_out,
        audio_ms=found.audio_ms,
        usd=found.usd,
        usd_per_call=each(found.usd, found.calls),
        projected_day=_projected(found, window, DAY_MINUTES),
        projected_month=_projected(found, window, MONTH_MINUTES),
    )


def each(usd: Decimal, count: int) -> Decimal | None:
    return (usd / count).quantize(CENTS) if count else None


def _projected(found: CallTotals, window: Window, minutes: int) -> Decimal | None:
    """As `spending.cost` does it for all models together."""
    if not found.calls:
        return None
    return (found.usd * minutes / Decimal(window.minutes)).quantize(CENTS)
