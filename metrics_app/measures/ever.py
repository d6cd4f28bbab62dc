"""Everything there ever was, for counters that only grow."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from metrics_app.histograms import Histogram, latency_totals, token_totals
from metrics_app.hourly_books import CALLS, RUNS
from metrics_app.measures.calls import CENTS
from metrics_app.measures.tally import tallies
from metrics_app.tally import Tally

CALL_LABELS: Final = ("run_kind", "purpose", "model", "outcome", "cache_hit")
RUN_LABELS: Final = ("kind", "mode", "outcome")


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
    """Everything there ever was: the hours that were added up, whose rows may be gone, and the rows
    of the hours since. What is recorded late comes in when its hour is added up again.
    """
    return Ever(
        tuple(_calls(*labelled) for labelled in tallies(CALLS, CALL_LABELS).items()),
        tuple(_runs(*labelled) for labelled in tallies(RUNS, RUN_LABELS).items()),
    )


def _calls(labels: tuple[Any, ...], all_of: Tally) -> CallsEver:
    sums = all_of.sums
    run_kind, purpose, model, outcome, cache_hit = labels
    return CallsEver(
        run_kind=run_kind,
        purpose=purpose,
        model=model,
        outcome=outcome,
        cache_hit=cache_hit,
        calls=sums["calls"],
        could_hit=sums["could_hit"],
        unpriced=sums["unpriced"],
        usd=Decimal(sums["cost_usd"]).quantize(CENTS),
        audio_ms=sums["audio_ms"],
        tokens_cached=sums["tokens_cached"],
        latency=_seconds(all_of.histogram("latency"), sums["latency_ms"]),
        tokens_in=_tokens(all_of.histogram("tokens_in_spread"), sums["tokens_in"]),
        tokens_out=_tokens(all_of.histogram("tokens_out_spread"), sums["tokens_out"]),
    )


def _runs(labels: tuple[Any, ...], all_of: Tally) -> RunsEver:
    duration = _seconds(all_of.histogram("total"), all_of.sums["total_ms"])
    kind, mode, outcome = labels
    return RunsEver(kind, mode, outcome, all_of.sums["runs"], duration)


def _seconds(histogram: Histogram, milliseconds: int) -> Counted:
    return Counted(histogram.total, milliseconds / 1000, latency_totals(histogram))


def _tokens(histogram: Histogram, tokens: int) -> Counted:
    return Counted(histogram.total, tokens, token_totals(histogram))
