"""Figures as the measures give them, where a test says only what matters to it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from metrics_app.measures.calls import CallTotals
from metrics_app.measures.runs import RunTotals
from metrics_app.spread import Spread

RUNS = RunTotals(
    runs=100, by_outcome={"completed": 100}, parallel=100, asked_model=100, degraded=0,
    checked=100, regenerated=20, difference=0.08,
)  # fmt: skip
CALLS = CallTotals(
    calls=100, errors=0, by_outcome={"ok": 100}, tokens_in=1_000, tokens_cached=0, tokens_out=100,
    audio_ms=0, usd=Decimal("1"), unpriced=0, hits=80, could_hit=100,
)  # fmt: skip


def runs(**changes: Any) -> RunTotals:
    """All is well with a hundred runs."""
    return replace(RUNS, **changes)


def calls(**changes: Any) -> CallTotals:
    """All is well with a hundred calls."""
    return replace(CALLS, **changes)


def spread(median: float, p95: float, count: int = 100) -> Spread:
    """Milliseconds."""
    return Spread(count, median, median / 2, median, p95, p95, p95)
