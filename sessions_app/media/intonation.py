"""From pitch per window to a track that can be trusted and drawn."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from sessions_app.media.ranks import known_medians

_NEIGHBOURS: Final = 10
_FARTHEST_SEMITONES: Final = 8.0
"""Voices glide; a jump of more than this from the second around it is an octave error."""

Floats = NDArray[np.float32]


def intonation(pitches: Floats, windows_per_hop: int) -> list[float | None]:
    """The median of each hop in Hz, `None` where less than half of it is voiced."""
    return [
        round(float(value), 1) if np.isfinite(value) else None
        for value in _without_jumps(_medians(pitches, windows_per_hop))
    ]


def _medians(pitches: Floats, size: int) -> Floats:
    padded = np.full(-(-pitches.size // size) * size, np.nan, np.float32)
    padded[: pitches.size] = pitches
    rows = padded.reshape(-1, size)
    voiced = np.isfinite(rows).sum(axis=1) * 2 > size
    return np.where(voiced, known_medians(rows), np.float32(np.nan))


def _without_jumps(track: Floats) -> Floats:
    if not track.size:
        return track
    semitones = 12 * np.log2(track)
    padded = np.pad(semitones, _NEIGHBOURS, constant_values=np.nan)
    around = sliding_window_view(padded, 2 * _NEIGHBOURS + 1)
    near = np.abs(semitones - known_medians(around)) <= _FARTHEST_SEMITONES
    return np.where(near, track, np.float32(np.nan))
