"""Where a figure is going, day by day."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import linear_regression
from types import MappingProxyType
from typing import Final

DAYS: Final = 7
FEWEST: Final = 5
"""Days with a figure, of the seven."""

_T = MappingProxyType({3: 3.182446, 4: 2.776445, 5: 2.570582})
"""Two-sided 95 % quantiles of Student's t, by degrees of freedom: NIST/SEMATECH e-Handbook of
Statistical Methods, 1.3.6.7.2."""


@dataclass(frozen=True, slots=True)
class Trend:
    """`slope` in units of the figure per day, between `low` and `high` with 95 % confidence.

    `first` and `last` are the line's own values on the first and last of the days.
    """

    slope: float
    low: float
    high: float
    first: float
    last: float
    days: int

    @property
    def clear(self) -> bool:
        """The interval leaves no doubt about the direction."""
        return self.low > 0 or self.high < 0


def trend(values: Sequence[float | None]) -> Trend | None:
    """Of the last `DAYS` days, oldest first, `None` for a day without a figure. `None` with fewer
    than `FEWEST` figures.

    Ordinary least squares, every day counting the same; the interval is slope ± t·s/√Sxx with n-2
    degrees of freedom: NIST/SEMATECH e-Handbook of Statistical Methods, 4.1.4.1 and 4.4.3.1.
    """
    last = values[-DAYS:]
    known = [(float(at), value) for at, value in enumerate(last) if value is not None]
    if len(known) < FEWEST:
        return None
    days, figures = [at for at, _value in known], [value for _at, value in known]
    slope, start = linear_regression(days, figures)
    around = _T[len(known) - 2] * _error_of_slope(known, slope, start)
    if all(one == other for one, other in pairwise(figures)):  # whatever rounding left of it
        slope = around = 0.0
    return Trend(
        slope, slope - around, slope + around, start, start + slope * (len(last) - 1), len(known)
    )


def _error_of_slope(known: Sequence[tuple[float, float]], slope: float, start: float) -> float:
    mean = math.fsum(at for at, _value in known) / len(known)
    around_line = math.fsum((value - start - slope * at) ** 2 for at, value in known)
    around_mean = math.fsum((at - mean) ** 2 for at, _value in known)
    return math.sqrt(around_line / (len(known) - 2) / around_mean)
