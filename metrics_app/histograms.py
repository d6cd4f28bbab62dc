"""How many values by bucket: small, and what two of them hold can be added up.

Of latencies, bucket `i` holds (10 ms · 2^((i-1)/32), 10 ms · 2^(i/32)]. Its middle is off by at
most `ERROR_BOUND` (after DDSketch, Masson et al. 2019), and the bounds at 0, 32, 64 … are those
which OpenTelemetry advises for `gen_ai.client.operation.duration`: 0.01 s, 0.02 s, 0.04 s …
Of tokens, bucket `i` ends at 4^i, as advised for `gen_ai.client.token.usage`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Final

import numpy as np
from numpy.typing import NDArray

STEPS = 32  # buckets to a factor of two
ERROR_BOUND: Final = 0.011  # (2^(1/32) - 1) / (2^(1/32) + 1) = 0.01083, rounded up

_FIRST, _LAST = -107, 896  # the first holds 0 alone, the last ends beyond 31 days
# Values are whole: v <= bound and v <= floor(bound) are the same, and the latter is exact.
_ENDS: Final = np.array(
    [0, *(int(10 * 2 ** (i / STEPS)) for i in range(_FIRST + 1, _LAST + 1))], dtype=np.int64
)
_STORED: Final = "<i8"
_TOKEN_ENDS: Final = 4 ** np.arange(14, dtype=np.int64)

LATENCY_BOUNDS: Final = tuple(0.01 * 2**n for n in range(16))
"""Seconds: those of OpenTelemetry to 81.92, and two more, to 327.68."""
TOKEN_BOUNDS: Final = tuple(float(end) for end in _TOKEN_ENDS)
"""Tokens, 1 to 67,108,864."""


@dataclass(frozen=True, slots=True)
class Histogram:
    """`counts` by bucket, without empty ones."""

    counts: Mapping[int, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    def as_bytes(self) -> bytes:
        """Each bucket and its count, 8 bytes each."""
        return np.array(sorted(self.counts.items()), _STORED).tobytes()


def from_bytes(*stored: bytes | memoryview) -> Histogram:
    """All that several hold, together: hundreds are added up as one array."""
    pairs = np.frombuffer(b"".join(stored), _STORED).reshape(-1, 2)
    return _counted(pairs[:, 0], pairs[:, 1])


def of_latencies(values: Sequence[int] | NDArray[np.int64]) -> Histogram:
    """Of whole milliseconds."""
    return _counted(np.searchsorted(_ENDS, values) + _FIRST)


def of_tokens(values: Sequence[int] | NDArray[np.int64]) -> Histogram:
    return _counted(np.searchsorted(_TOKEN_ENDS, values))


def merged(histograms: Iterable[Histogram]) -> Histogram:
    """All that they hold, together."""
    counts: Counter[int] = Counter()
    for histogram in histograms:
        counts.update(histogram.counts)
    return Histogram(dict(counts))


def percentiles(histogram: Histogram, shares: Sequence[float]) -> list[float]:
    """Milliseconds of a histogram of latencies that is not empty, as `numpy.percentile` would
    interpolate them, each within `ERROR_BOUND` of what it was made from. Share 0 is the least and
    1 the most.
    """
    buckets = sorted(histogram.counts)
    until = np.cumsum([histogram.counts[bucket] for bucket in buckets])
    middles = _middles(np.array(buckets))
    places = np.array(shares) * (until[-1] - 1)
    low, high = np.floor(places), np.ceil(places)
    below = middles[np.searchsorted(until, low, side="right")]
    above = middles[np.searchsorted(until, high, side="right")]
    found: list[float] = (below + (above - below) * (places - low)).tolist()
    return found


def latency_totals(histogram: Histogram) -> tuple[int, ...]:
    """How many are at most as long as each of `LATENCY_BOUNDS`, and how many there are."""
    return _cumulated(histogram, [STEPS * n for n in range(len(LATENCY_BOUNDS))])


def token_totals(histogram: Histogram) -> tuple[int, ...]:
    """How many have at most as many as each of `TOKEN_BOUNDS`, and how many there are."""
    return _cumulated(histogram, range(len(TOKEN_BOUNDS)))


def _cumulated(histogram: Histogram, ends: Iterable[int]) -> tuple[int, ...]:
    buckets = sorted(histogram.counts)
    until = [0, *accumulate(histogram.counts[bucket] for bucket in buckets)]
    return (*(until[bisect_right(buckets, end)] for end in ends), until[-1])


def _counted(buckets: NDArray[np.int64], weights: NDArray[np.int64] | None = None) -> Histogram:
    if not len(buckets):
        return Histogram()
    first = int(buckets.min())
    counts = np.bincount(buckets - first, weights).astype(np.int64)
    there = np.flatnonzero(counts)
    return Histogram(dict(zip((there + first).tolist(), counts[there].tolist(), strict=True)))


def _middles(buckets: NDArray[np.int64]) -> NDArray[np.float64]:
    """The values with the same relative error to both ends: 2ab / (a + b)."""
    middles = 10 * 2 ** (buckets / STEPS) * 2 / (1 + 2 ** (1 / STEPS))
    return np.where(buckets == _FIRST, 0.0, middles)
