"""Where something was measured."""

from __future__ import annotations

import os
import platform
from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True, slots=True)
class Machine:
    """`day` by UTC. `load_before` and `load_after` are the system's averages over a minute."""

    day: str
    cores: int
    python: str
    load_before: float
    load_after: float


def load() -> float:
    return os.getloadavg()[0]


def machine(load_before: float) -> Machine:
    return Machine(
        datetime.now(UTC).date().isoformat(),
        os.cpu_count() or 1,
        platform.python_version(),
        load_before,
        load(),
    )
