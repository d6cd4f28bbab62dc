"""How alike two takes of a talk are, stretch by stretch, by the words they share."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[np.float32]


def likeness(then: Sequence[frozenset[str]], now: Sequence[frozenset[str]]) -> Matrix:
    """One row per stretch of `then`, one column per stretch of `now`, 0 to 1.

    L. Dice's coefficient (Ecology 26, 1945) over stems, each weighed by log(1 + N / n) where it
    stands in n of all N stretches: that both say "the" makes them hardly more alike.
    """
    spread = Counter(stem for stretch in (*then, *now) for stem in stretch)
    total = len(then) + len(now)
    weights = {stem: math.log1p(total / count) for stem, count in spread.items()}
    columns = {stem: at for at, stem in enumerate(_shared(then, now))}
    ours, theirs = _rows(then, columns, weights), _rows(now, columns, weights)
    whole = _whole(then, weights)[:, None] + _whole(now, weights)[None, :]
    alike = 2 * (ours @ theirs.T) / np.where(whole == 0, 1, whole)
    return np.minimum(alike, 1).astype(np.float32)


def _shared(then: Sequence[frozenset[str]], now: Sequence[frozenset[str]]) -> list[str]:
    return sorted(frozenset().union(*then) & frozenset().union(*now))


def _rows(
    stretches: Sequence[frozenset[str]], columns: dict[str, int], weights: dict[str, float]
) -> Matrix:
    """Roots of the weights, so that the product of two rows adds up the weights they share."""
    rows = np.zeros((len(stretches), len(columns)), np.float32)
    for row, stretch in enumerate(stretches):
        for stem in stretch & columns.keys():
            rows[row, columns[stem]] = math.sqrt(weights[stem])
    return rows


def _whole(stretches: Sequence[frozenset[str]], weights: dict[str, float]) -> Matrix:
    return np.array([math.fsum(weights[s] for s in each) for each in stretches], np.float32)
