"""What a worker does, and what many would do, as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from benchmarks.capacity.bound import HOUR, Bound, bound
from benchmarks.capacity.limit import Limits
from benchmarks.capacity.measured import Measured
from benchmarks.capacity.simulation import NONE, Outcome, Plan, simulate
from benchmarks.markdown import table

WORKERS: Final = (10, 100, 1000)
SETTLED: Final = 3  # times what a talk takes when all wait for each other
LIMITS: Final = (
    Limits(500, 500_000),
    Limits(5_000, 2_000_000),
    Limits(10_000, 10_000_000),
    NONE,
)


@dataclass(frozen=True, slots=True)
class Row:
    """`unknown`: the same where the limits are not known to us."""

    plan: Plan
    bound: Bound
    found: Outcome
    unknown: Outcome


def rows(given: Measured, seconds: float) -> Iterable[Row]:
    for workers in WORKERS:
        for limits in LIMITS:
            most = bound(workers, given.talk, limits)
            settled = SETTLED * workers * HOUR / most.per_hour
            plan = Plan(workers, given.talk, limits, seconds=max(seconds, settled), warm_up=settled)
            found = simulate(plan)
            unknown = found if limits == NONE else simulate(replace(plan, known=False))
            yield Row(plan, most, found, unknown)


def as_markdown(given: Measured, found: Sequence[Row]) -> str:
    return f"{_one(given)}\n\n{_many(found)}"


def _one(given: Measured) -> str:
    per_worker = HOUR / given.talk.seconds
    per_core = HOUR / given.processor
    lines = [
        ("talks of 5 minutes in an hour, of one worker", f"{per_worker:.0f}"),
        ("of these seconds of a talk, the worker's own processor time", f"{given.processor:.2f}"),
        ("talks in an hour that one core is enough for", f"{per_core:.0f}"),
        ("workers that keep one core busy", f"{per_core / per_worker:.0f}"),
        ("memory of a worker with its decoder, MB", f"{given.memory:.0f}"),
        ("calls of a talk", str(given.talk.calls)),
        ("tokens of a talk, in and out", f"{given.talk.tokens:,}"),
    ]
    return table(("from what was measured", ""), lines)


def _many(found: Sequence[Row]) -> str:
    heads = (
        "workers", "requests a minute", "tokens a minute", "talks an hour", "no more than",
        "seconds of a talk, median", "p95", "limits not known: talks an hour", "calls refused",
        "what is full",
    )  # fmt: skip
    return table(heads, [_cells(row) for row in found])


def _cells(row: Row) -> list[str]:
    found, limits = row.found, row.plan.limits
    median, p95 = np.percentile(found.processing, (50, 95)) if len(found.processing) else (0, 0)
    unknown = row.unknown
    refused = unknown.refused / max(1, unknown.refused + unknown.calls)
    return [
        f"{row.plan.workers:,}", _limit(limits.requests), _limit(limits.tokens),
        f"{found.per_hour:,.0f}", f"{row.bound.per_hour:,.0f}", f"{median:.1f}", f"{p95:.1f}",
        f"{unknown.per_hour:,.0f}", f"{refused:.0%}", row.bound.by,
    ]  # fmt: skip


def _limit(value: float) -> str:
    return "any" if value == float("inf") else f"{value:,.0f}"
