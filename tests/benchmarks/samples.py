"""Flows of which every figure is known."""

from __future__ import annotations

from decimal import Decimal

from benchmarks.flow import Call, Flow
from benchmarks.machine import Machine
from benchmarks.summary import Row, summarise
from benchmarks.table import Measured
from benchmarks.targets import (
    HYBRID_KEPT,
    HYBRID_REGENERATED,
    OURS_KEPT,
    OURS_REGENERATED,
    SEQUENTIAL,
)

STAGES = {"queue": 0.1, "media": 1.0, "transcription": 2.5, "refinement": 5.2}


def call(purpose: str, start: float, end: float, tokens_out: int = 100) -> Call:
    return Call(purpose, "gpt-5.4", start, end, 1000, 0, tokens_out, usd=Decimal("0.01"))


def flow(name: str, wall: float, *calls: Call, provisional: float | None = None) -> Flow:
    stages = {} if provisional is None else STAGES
    return Flow(name, 0.0, wall, provisional, calls, stages)


def row(name: str, wall: float, provisional: float | None = None) -> Row:
    calls = (call("transcription", 1.0, 3.0), call("review", 3.5, 8.5))
    return summarise([flow(name, wall, *calls, provisional=provisional)])


def rows() -> dict[str, Row]:
    made = (
        row(SEQUENTIAL, 68.0),
        row(HYBRID_KEPT, 48.0),
        row(HYBRID_REGENERATED, 60.0),
        row(OURS_KEPT, 9.0, 3.4),
        row(OURS_REGENERATED, 14.0, 3.4),
    )
    return {each.name: each for each in made}


def measured(*, quick: bool = False) -> Measured:
    return Measured(rows(), quick, 0.25 if quick else 1.0, Machine(2, "3.11.7", 0.1, 0.5))
