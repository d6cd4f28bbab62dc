"""Where something was measured."""

from __future__ import annotations

import os
import platform
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Machine:
    """`load_before` and `load_after` are the system's averages over a minute."""

    cores: int
    python: str
    load_before: float
    load_after: float


def load() -> float:
    return os.getloadavg()[0]


def machine(load_before: float) -> Machine:
    return Machine(os.cpu_count() or 1, platform.python_version(), load_before, load())
