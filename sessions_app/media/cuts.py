"""Moments at which the recording can be cut in two without cutting a word."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

import numpy as np

from sessions_app.media.levels import STEP_MS, Levels
from sessions_app.media.regions import Span

FARTHEST_MS: Final = 20_000
"""Two neighbours are never farther apart: what is drafted in one go is never longer."""

_NEAREST_MS: Final = FARTHEST_MS // 2
_STILL_MS: Final = 100


def cut_points(levels: Levels, speech: list[Span]) -> list[int]:
    """Milliseconds, in order: the middle of every pause, and the quietest moment where
    somebody speaks on for 20 s.
    """
    pauses = [(before[1] + after[0]) * STEP_MS // 2 for before, after in pairwise(speech)]
    end = levels.size * STEP_MS
    points: list[int] = []
    for last, following in pairwise([0, *pauses, end]):
        points += _forced(levels, last, following)
        points.append(following)
    return points[:-1]


def _forced(levels: Levels, start: int, end: int) -> list[int]:
    points: list[int] = []
    while end - start > FARTHEST_MS:
        start = quietest(levels, start + _NEAREST_MS, start + FARTHEST_MS)
        points.append(start)
    return points


def quietest(levels: Levels, start_ms: int, end_ms: int) -> int:
    """The middle of the quietest tenth of a second between two moments further apart than that."""
    width = _STILL_MS // STEP_MS
    stretch = levels[start_ms // STEP_MS : end_ms // STEP_MS]
    loudness = np.convolve(stretch, np.ones(width), "valid")
    return start_ms + int(np.argmin(loudness)) * STEP_MS + _STILL_MS // 2
