"""Everything there ever was, for counters that only grow."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Counted:
    """`buckets`: how many are at most as large as each bound of `metrics_app.histograms`, in
    seconds (`LATENCY_BOUNDS`) or tokens (`TOKEN_BOUNDS`), and last how many there are: `count`.
    """

    count: int
    sum: float
    buckets: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class CallsEver:
    """Attempts, or hits where `cache_hit`, that are alike. `latency` in seconds; `tokens_in`
    include `tokens_cached`; `usd` is what is known, without `unpriced` calls.
    """

    run_kind: str
    purpose: str
    model: str
    outcome: str
    cache_hit: bool
    calls: int
    could_hit: int
    unpriced: int
    usd: Decimal
    audio_ms: int
    tokens_cached: int
    latency: Counted
    tokens_in: Counted
    tokens_out: Counted


@dataclass(frozen=True, slots=True)
class RunsEver:
    """Runs that are alike; `duration` in seconds."""

    kind: str
    mode: str
    outcome: str
    runs: int
    duration: Counted


@dataclass(frozen=True, slots=True)
class Ever:
    calls: tuple[CallsEver, ...]
    runs: tuple[RunsEver, ...]


def prometheus_totals() -> Ever:
    """Everything there ever was, also what is kept by the hour only."""
    return Ever((), ())
