"""Who used the processors meanwhile: a share of one core for each program."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

import psutil

PAGES, WORKERS, SCHEDULER, REDIS = "pages", "workers", "scheduler", "Redis"
DATABASE, MODEL, LOCUST, OTHERS = "PostgreSQL", "simulated model", "locust", "others"
PROGRAMS: Final = (PAGES, WORKERS, SCHEDULER, REDIS, DATABASE, MODEL, LOCUST, OTHERS)
WORDS: Final = {  # in the command of a program that `up` runs
    "granian": PAGES, "rqworker": WORKERS, "scheduler": SCHEDULER, "redis": REDIS,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reading:
    """Processor seconds since they began, of each program with all that it has started; and of
    the whole machine as `OTHERS`.
    """

    at: float
    seconds: Mapping[str, float]


def read(programs: Mapping[str, Sequence[psutil.Process]]) -> Reading:
    seconds = {name: sum(map(_of_tree, processes)) for name, processes in programs.items()}
    return Reading(time.monotonic(), {**seconds, OTHERS: _of_machine()})


def shares(before: Reading, after: Reading) -> dict[str, float]:
    """Cores in use, by program; `OTHERS` is what the machine did besides."""
    elapsed = after.at - before.at
    used = {
        name: (seconds - before.seconds.get(name, 0.0)) / elapsed
        for name, seconds in after.seconds.items()
    }
    ours = sum(share for name, share in used.items() if name != OTHERS)
    return {**used, OTHERS: max(0.0, used[OTHERS] - ours)}


def of_up(up: psutil.Process) -> dict[str, list[psutil.Process]]:
    """The programs that `up` runs."""
    found: dict[str, list[psutil.Process]] = {}
    for child in up.children():
        with suppress(psutil.NoSuchProcess):
            command = " ".join(child.cmdline())
            for word, name in WORDS.items():
                if word in command:
                    found.setdefault(name, []).append(child)
                    break
    return found


def _of_tree(process: psutil.Process) -> float:
    """What has ended is in the times of its parent."""
    total = 0.0
    with suppress(psutil.NoSuchProcess):
        for each in (process, *process.children(recursive=True)):
            with suppress(psutil.NoSuchProcess):
                times = each.cpu_times()
                total += times.user + times.system
                total += times.children_user + times.children_system
    return total


def _of_machine() -> float:
    times = psutil.cpu_times()
    return times.user + getattr(times, "nice", 0.0) + times.system
