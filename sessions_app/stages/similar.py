"""Moments of earlier talks that are about the same as passages of this one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from sessions_app.stages.outputs import Match, PassageVector

FLOOR: Final = 0.5
"""Cosine from which two passages are about the same; see docs/decisions/similar-moments.md."""

LIMIT: Final = 5

_Matrix = npt.NDArray[np.float64]


def similar(
    passages: Sequence[PassageVector],
    earlier: Sequence[tuple[int, Sequence[float]]],
    *,
    limit: int = LIMIT,
    floor: float = FLOOR,
) -> tuple[Match, ...]:
    """For each passage the earlier one nearest to it, if it is near enough; the nearest first.

    `earlier` are passages of the owner's other talks by their ids, with vectors of the same
    model. Those of another length are not compared: a name may come to mean another model. The
    same earlier passage is named once, with what is nearest to it.
    """
    lengths = {len(passage.vector) for passage in passages}
    earlier = [(key, vector) for key, vector in earlier if {len(vector)} == lengths]
    if not passages or not earlier:
        return ()
    ours = _directions([passage.vector for passage in passages])
    theirs = _directions([vector for _, vector in earlier])
    cosines = ours @ theirs.T
    nearest = cosines.argmax(axis=1)
    matches = [
        Match(passage.start_word, earlier[at][0], round(float(cosines[row, at]), 4))
        for row, (passage, at) in enumerate(zip(passages, nearest, strict=True))
        if cosines[row, at] >= floor
    ]
    matches.sort(key=lambda match: (-match.similarity, match.start_word))
    once = {match.earlier: match for match in reversed(matches)}
    return tuple(match for match in matches if once[match.earlier] is match)[:limit]


def _directions(vectors: Sequence[Sequence[float]]) -> _Matrix:
    """Rows of length 1; a row of zeros stays as it is, like nothing."""
    rows = np.asarray(vectors, dtype=np.float64)
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    scaled: _Matrix = rows / np.where(lengths == 0, 1, lengths)
    return scaled
