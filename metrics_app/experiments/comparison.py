"""The runs with a flag on against those with it off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import median
from typing import Final

from metrics_app.experiments.doubts import Doubt, doubts_about
from metrics_app.experiments.intervals import Interval, newcombe, welch
from metrics_app.experiments.means import Mean, mean_of
from metrics_app.experiments.people import Ended, Person, ended_runs, people
from metrics_app.experiments.power import runs_for_mean, runs_for_share
from metrics_app.experiments.verdicts import Verdict, enough, verdict
from metrics_app.known_flags import KNOWN_FLAGS
from metrics_app.windows import Window

WORTH_KNOWING_OF_MEAN: Final = 0.10  # of the mean without the flag
WORTH_KNOWING_SHARE: Final = 0.05


class Measure(StrEnum):
    """Mean time in milliseconds, shares of runs, mean cost in US dollars."""

    TIME = "time"
    FAILED = "failed"
    REGENERATED = "regenerated"
    COST = "cost"

    @property
    def is_share(self) -> bool:
        return self in (Measure.FAILED, Measure.REGENERATED)


@dataclass(frozen=True, slots=True)
class Difference:
    """`interval` is of on minus off; `worth_knowing` the smallest difference that would matter, and
    `runs_needed` how many runs of each variant show it in four of five experiments.

    `None` where there is nothing to tell it from.
    """

    measure: Measure
    on: Mean | None
    off: Mean | None
    interval: Interval | None
    worth_knowing: float | None
    runs_needed: int | None
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Arm:
    """The runs of a kind with one variant; the median is of completed runs."""

    runs: int
    people: int
    median_ms: float | None


@dataclass(frozen=True, slots=True)
class Comparison:
    flag: str
    window: Window
    kind: str
    on: Arm
    off: Arm
    differences: tuple[Difference, ...]
    doubts: tuple[Doubt, ...]


def compare(flag: str, window: Window, kind: str = "session") -> Comparison:
    """Two queries. Raises `KeyError` for a flag that is not known."""
    doubts = doubts_about(KNOWN_FLAGS[flag].name, window)
    runs = ended_runs(flag, window, kind)
    on, off = ([run for run in runs if run.on is variant] for variant in (True, False))
    with_it, without = people(on), people(off)
    return Comparison(
        flag=flag,
        window=window,
        kind=kind,
        on=_arm(on, with_it),
        off=_arm(off, without),
        differences=tuple(difference(measure, with_it, without) for measure in Measure),
        doubts=doubts,
    )


def difference(
    measure: Measure, with_it: Sequence[Person], without: Sequence[Person]
) -> Difference:
    on, off = _mean(measure, with_it), _mean(measure, without)
    if on is None or off is None:
        return Difference(measure, on, off, None, None, None, Verdict.TOO_FEW)
    if measure.is_share:
        worth, interval, needed = _of_shares(on, off)
    else:
        worth, interval, needed = _of_means(on, off)
    if interval is None or not enough(on, off):
        return Difference(measure, on, off, None, worth, needed, Verdict.TOO_FEW)
    return Difference(measure, on, off, interval, worth, needed, verdict(interval, worth))


Found = tuple[float, Interval | None, int | None]
"""What is worth knowing, what was seen, and how many runs would show the former."""


def _of_shares(on: Mean, off: Mean) -> Found:
    worth = WORTH_KNOWING_SHARE
    return worth, newcombe(on, off), runs_for_share(on, off, worth)


def _of_means(on: Mean, off: Mean) -> Found:
    worth = WORTH_KNOWING_OF_MEAN * off.value
    return worth, welch(on, off), runs_for_mean(on, off, worth)


def _mean(measure: Measure, persons: Sequence[Person]) -> Mean | None:
    return mean_of([getattr(person, measure.value) for person in persons])


def _arm(runs: Sequence[Ended], persons: Sequence[Person]) -> Arm:
    times = [run.time for run in runs if run.time is not None]
    return Arm(len(runs), len(persons), median(times) if times else None)
