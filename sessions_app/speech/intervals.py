"""95 % intervals of precision, recall and F1 by bootstrap."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sessions_app.speech.evaluation import Tally

RESAMPLES = 2_000
_LOW, _HIGH = 2.5, 97.5


class Interval(NamedTuple):
    """The middle 95 % of a rate over the resamples; `None` where it has no value in any."""

    low: float | None
    high: float | None


class Intervals(NamedTuple):
    precision: Interval
    recall: Interval
    f1: Interval


def intervals(tallies: Sequence[Tally], resamples: int = RESAMPLES) -> Intervals:
    """Percentile bootstrap over whole conversations, because the turns of one speaker are alike;
    seeded, so that the same tallies always have the same intervals."""
    right, wrong, missed = _resampled(tallies, resamples).T
    return Intervals(
        precision=_middle(right, right + wrong),
        recall=_middle(right, right + missed),
        f1=_middle(2 * right, 2 * right + wrong + missed),
    )


def _resampled(tallies: Sequence[Tally], resamples: int) -> NDArray[np.int64]:
    """Three counts for each resample; none at all without a tally."""
    counts = np.array(
        [(one.true_positives, one.false_positives, one.false_negatives) for one in tallies],
        dtype=np.int64,
    ).reshape(-1, 3)
    if not len(counts):
        return np.zeros((resamples, 3), dtype=np.int64)
    draw = np.random.default_rng(0)
    drawn = [counts[draw.integers(0, len(counts), len(counts))] for _ in range(resamples)]
    return np.array([one.sum(axis=0) for one in drawn])


def _middle(part: NDArray[np.int64], whole: NDArray[np.int64]) -> Interval:
    known = whole > 0
    if not known.any():
        return Interval(None, None)
    low, high = np.percentile(part[known] / whole[known], (_LOW, _HIGH))
    return Interval(float(low), float(high))
