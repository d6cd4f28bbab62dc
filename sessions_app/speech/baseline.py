"""A talk beside its speaker's earlier ones."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from statistics import fmean, stdev

from sessions_app.speech.metrics import Metrics

TALKS = 5
"""Only the last talks count: people change."""

MIN_TALKS = 3
"""From here on there is such a thing as a usual variation."""

USUAL_SDS = 2.0

NOTICEABLE = 0.05
"""A smaller relative difference is no change anybody would notice."""

Reading = Callable[[Metrics], float | None]


@dataclass(frozen=True, slots=True)
class Change:
    """One measure now and before, in the unit of the `Metrics` field it names.

    `earlier` is the mean of `talks` earlier talks. `usual` is how far a talk usually lies from it:
    twice the standard deviation of the earlier talks, widened by sqrt(1 + 1/n) for the uncertainty
    of their mean, and no less than anybody would notice; `None` with fewer than three of them.
    `beyond_usual` says whether the difference exceeds it.
    """

    metric: str
    now: float
    earlier: float
    talks: int
    beyond_usual: bool | None
    usual: float | None = None

    @property
    def relative(self) -> float:
        """Size of the change as a share of the earlier value; of itself where that was 0."""
        size = abs(self.now - self.earlier)
        return size / abs(self.earlier) if self.earlier else size


def change(
    metric: str, now: Metrics, history: Sequence[Metrics], read: Reading | None = None
) -> Change | None:
    """`metric` compared with the earlier talks that have it, oldest first in `history`.

    It is a field of `Metrics`, or what `read` takes of them. Talks measured by other formulas
    are left out. `None` when there is nothing to compare.
    """
    reading = read or attrgetter(metric)
    value, earlier = reading(now), _earlier(reading, now, history)
    if value is None or not earlier:
        return None
    mean, usual = fmean(earlier), usual_variation(earlier)
    beyond = None if usual is None else abs(value - mean) > usual
    return Change(metric, float(value), mean, len(earlier), beyond, usual)


def earlier_values(metric: str, now: Metrics, history: Sequence[Metrics]) -> list[float]:
    """`metric` in the last comparable talks that have it, oldest first."""
    return _earlier(attrgetter(metric), now, history)


def usual_variation(earlier: Sequence[float]) -> float | None:
    """How far a further talk usually lies from the mean of these; `None` with too few of them."""
    if len(earlier) < MIN_TALKS:
        return None
    mean = fmean(earlier)
    usual = USUAL_SDS * stdev(earlier, mean) * math.sqrt(1 + 1 / len(earlier))
    return max(usual, NOTICEABLE * abs(mean))


def _earlier(read: Reading, now: Metrics, history: Sequence[Metrics]) -> list[float]:
    comparable = [talk for talk in history if talk.formula_version == now.formula_version]
    values = (read(talk) for talk in comparable)
    return [float(value) for value in values if value is not None][-TALKS:]
