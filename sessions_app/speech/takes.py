"""Where two takes of a talk say the same."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from sessions_app.speech.likeness import likeness

ALIKE = 0.3
"""Likeness above which two stretches are taken for two wordings of the same. A sentence with
half its content in other words has about 0.5, two sentences on one topic have about 0.15."""

Place = tuple[int, int]
_Gains = npt.NDArray[np.float64]


def same_places(then: Sequence[frozenset[str]], now: Sequence[frozenset[str]]) -> list[Place]:
    """Pairs (stretch then, stretch now) that say the same, each stretch once and none going back.

    Of all such pairings the one with the most likeness above `ALIKE`, longer stretches weighing
    more: a take beside itself pairs every stretch with itself.
    """
    if not then or not now:
        return []
    lengths = np.add.outer([len(each) for each in then], [len(each) for each in now])
    gain = np.maximum(likeness(then, now) - ALIKE, 0) * lengths.astype(np.float64)
    return _pairing(gain, _best(gain))


def _best(gain: _Gains) -> _Gains:
    """The most that the first stretches of either side can gain, with a border of nothing."""
    best = np.zeros((gain.shape[0] + 1, gain.shape[1] + 1))
    for row, gains in enumerate(gain):
        together = best[row, :-1] + gains
        best[row + 1, 1:] = np.maximum.accumulate(np.maximum(best[row, 1:], together))
    return best


def _pairing(gain: _Gains, best: _Gains) -> list[Place]:
    """Back from the end: what gains nothing by being paired stands alone."""
    row, column = gain.shape
    places: list[Place] = []
    while row and column:
        if best[row, column] == best[row - 1, column]:
            row -= 1
        elif best[row, column] == best[row, column - 1]:
            column -= 1
        else:
            row, column = row - 1, column - 1
            places.append((row, column))
    places.reverse()
    return places
