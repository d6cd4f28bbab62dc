"""How long things took: from the shortest to the longest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from metrics_app.histograms import ERROR_BOUND, Histogram, percentiles

SHARES = (0.5, 0.95, 0.99)


@dataclass(frozen=True, slots=True)
class Spread:
    """Milliseconds; `None` where there is no sample.

    Percentiles are interpolated linearly (`numpy.percentile`, `percentile_cont`). `error_bound` is
    `None` where they are exact, else the largest relative error of the percentiles, the shortest
    and the longest; count and average are always exact.
    """

    count: int
    avg: float | None
    min: float | None
    median: float | None
    p95: float | None
    p99: float | None
    max: float | None
    error_bound: float | None = None


NO_SAMPLE = Spread(0, None, None, None, None, None, None)


def of_values(values: Sequence[int] | NDArray[np.int64]) -> Spread:
    known = np.asarray(values)
    if not known.size:
        return NO_SAMPLE
    median, p95, p99 = np.quantile(known, SHARES).tolist()
    least, most = float(known.min()), float(known.max())
    return Spread(known.size, float(known.mean()), least, median, p95, p99, most)


def of_histogram(histogram: Histogram, total_ms: int) -> Spread:
    """`total_ms` is the sum of what the histogram was made from."""
    count = histogram.total
    if not count:
        return NO_SAMPLE
    least, median, p95, p99, most = percentiles(histogram, (0, *SHARES, 1))
    return Spread(count, total_ms / count, least, median, p95, p99, most, ERROR_BOUND)
