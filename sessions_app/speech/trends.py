"""A measure over a row of talks: what is usual beside each, and where the row is going."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, variance

from sessions_app.speech.baseline import MIN_TALKS, TALKS, USUAL_SDS, usual_variation
from sessions_app.speech.variation import noticeable

FEWEST = 2 * MIN_TALKS
"""Talks from which a row has two ends, each with a variation of its own."""


@dataclass(frozen=True, slots=True)
class Usual:
    """From where to where a further talk usually lies after some earlier ones."""

    low: float
    high: float

    def holds(self, value: float) -> bool:
        return self.low <= value <= self.high


@dataclass(frozen=True, slots=True)
class Trend:
    """Means of the first and of the last talks of a row, `talks` at either end.

    `clear` says whether they differ by more than a single talk usually lies from their mean.
    """

    early: float
    late: float
    talks: int
    clear: bool


def usual_after(earlier: Sequence[float]) -> Usual | None:
    """What is usual after the `earlier` values, the last `TALKS` of which count: their mean and
    `usual_variation` around it. `None` with too few of them.
    """
    last = earlier[-TALKS:]
    around = usual_variation(last)
    if around is None:
        return None
    mean = fmean(last)
    return Usual(mean - around, mean + around)


def trend(values: Sequence[float]) -> Trend | None:
    """Of values in the order of their talks; `None` with fewer than `FEWEST`."""
    size = min(TALKS, len(values) // 2)
    if size < MIN_TALKS:
        return None
    first, last = values[:size], values[-size:]
    early, late = fmean(first), fmean(last)
    clear = abs(late - early) > _usual_distance(first, last) and noticeable(early, late)
    return Trend(early, late, size, clear)


def _usual_distance(first: Sequence[float], last: Sequence[float]) -> float:
    """As in `usual_variation`, by the spread at both ends, each around its own mean.

    Means of several talks vary less than a single talk, so that this is stricter than it would
    have to be for one measure. A page shows a dozen of them: where nothing changes, it still says
    so of nearly all.
    """
    spread = math.sqrt((variance(first) + variance(last)) / 2)
    return USUAL_SDS * spread * math.sqrt(1 + 1 / len(first))
