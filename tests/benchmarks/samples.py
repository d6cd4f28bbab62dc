"""Flows of which every figure is known."""

from __future__ import annotations

from decimal import Decimal

from benchmarks.bookkeeping import Bookkeeping
from benchmarks.effort import DRAFT, Effort
from benchmarks.flow import Call, Flow, Span
from benchmarks.machine import Machine
from benchmarks.measured import Measured
from benchmarks.memory import Peak
from benchmarks.names import (
    HYBRID_KEPT,
    HYBRID_REGENERATED,
    OURS_KEPT,
    OURS_REGENERATED,
    SEQUENTIAL,
)
from benchmarks.own_work import OwnWork
from benchmarks.seeded import Seeded, SeededTalk
from benchmarks.summary import Row, summarise
from benchmarks.tight import Tight
from benchmarks.without import Without

SPANS = (
    Span("queue", 0.0, 0.1),
    Span("media", 0.1, 1.1),
    Span("transcription", 1.1, 3.4),
    Span("refinement", 3.5, 8.7),
)


def call(purpose: str, start: float, end: float, tokens_out: int = 100) -> Call:
    return Call(purpose, "gpt-5.4", start, end, 1000, 0, tokens_out, usd=Decimal("0.01"))


def flow(name: str, wall: float, *calls: Call, provisional: float | None = None) -> Flow:
    spans = () if provisional is None else SPANS
    return Flow(name, 0.0, wall, provisional, calls, spans)


def example(name: str, wall: float, provisional: float | None = None) -> Flow:
    calls = (call("transcription", 1.0, 3.0), call("review", 3.5, 8.5))
    return flow(name, wall, *calls, provisional=provisional)


def row(name: str, wall: float, provisional: float | None = None) -> Row:
    return summarise([example(name, wall, provisional)])


def flows() -> dict[str, Flow]:
    made = (
        example(SEQUENTIAL, 68.0),
        example(HYBRID_KEPT, 48.0),
        example(HYBRID_REGENERATED, 60.0),
        example(OURS_KEPT, 9.0, 3.4),
        example(OURS_REGENERATED, 14.0, 3.4),
    )
    return {each.name: each for each in made}


def rows() -> dict[str, Row]:
    return {name: summarise([each]) for name, each in flows().items()}


def seeded() -> Seeded:
    return Seeded(
        (
            SeededTalk("seed 1", False, 68.0, 48.0, 9.0),
            SeededTalk("seed 2", True, 66.0, 60.0, 15.0),
        )
    )


def tight(*, refused: int = 0, complete: bool = True) -> Tight:
    return Tight(30, 60_000, "parallel", refused, complete, 0, row("tight", 120.0, 60.0))


def own_work() -> OwnWork:
    efforts = (Effort("rules", 5.0, 0.05), Effort(DRAFT, 1.0, 12.0))
    memory = (Peak("kept", 5.0, 120.0, 90.0), Peak("long", 30.0, 151.0, None))
    return OwnWork(efforts, memory, Bookkeeping(5, 12, 1.0, 1.03, 1.1))


def measured(*, quick: bool = False) -> Measured:
    machine = Machine("2026-01-31", 2, "3.11.7", 0.1, 0.5)
    return Measured(rows(), flows(), quick, 0.25 if quick else 1.0, machine)


def everything() -> Measured:
    some = measured()
    off = Without("windows", "one call", OURS_KEPT, row("without windows", 11.0, 3.4))
    return Measured(
        some.rows, some.flows, quick=False, time_scale=1.0, machine=some.machine,
        without=(off,), tight=tight(), own=own_work(), seeded=seeded(),
    )  # fmt: skip
