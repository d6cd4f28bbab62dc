"""Days that stand out from the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, median
from typing import Final

FEWEST: Final = 7
"""Days with a figure, below which nobody can say what is usual."""

LIMIT: Final = 3.5
"""Of the modified z-score: Iglewicz and Hoaglin, How to Detect and Handle Outliers, 1993."""

_BY_MEDIAN = 1.4826
_BY_MEAN = 1.253314
"""Standard deviations of a normal distribution per median, and per mean, absolute deviation."""


@dataclass(frozen=True, slots=True)
class Anomaly:
    """`at` is the place of the day in the row, `score` how many standard deviations it is off."""

    at: int
    value: float
    usual: float
    score: float


def anomalies(values: Sequence[float | None], least: float) -> tuple[Anomaly, ...]:
    """Of a row of days, `None` for one without a figure; none with fewer than `FEWEST` figures.

    Nothing that is off by less than `least`: where all days are nearly alike, a day that differs
    by next to nothing is many deviations away.
    """
    known = [value for value in values if value is not None]
    if len(known) < FEWEST:
        return ()
    usual = median(known)
    spread = _spread([abs(value - usual) for value in known])
    return tuple(
        Anomaly(at, value, usual, (value - usual) / spread)
        for at, value in enumerate(values)
        if value is not None
        and abs(value - usual) >= least
        and abs(value - usual) > LIMIT * spread > 0
    )


def _spread(deviations: Sequence[float]) -> float:
    """By the median of the deviations; by their mean where most days are exactly alike, and the
    median is 0.
    """
    return _BY_MEDIAN * median(deviations) or _BY_MEAN * fmean(deviations)
