"""Everything that one run of the benchmark found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from benchmarks.flow import Flow
from benchmarks.machine import Machine
from benchmarks.own_work import OwnWork
from benchmarks.seeded import Seeded
from benchmarks.summary import Row
from benchmarks.tight import Tight
from benchmarks.without import Without


@dataclass(frozen=True, slots=True)
class Measured:
    """Ratios of a quick run say nothing about the targets. `None`: not measured.

    `flows` has one run of each row, for a picture.
    """

    rows: Mapping[str, Row]
    flows: Mapping[str, Flow]
    quick: bool
    time_scale: float
    machine: Machine
    without: tuple[Without, ...] = ()
    tight: Tight | None = None
    own: OwnWork | None = None
    seeded: Seeded | None = None
