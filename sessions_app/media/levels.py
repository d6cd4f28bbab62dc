"""Loudness, 10 ms at a time, while the samples go by."""

from __future__ import annotations

from typing import Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from sessions_app.media.resampling import SAMPLE_RATE, Samples

STEP_MS: Final = 10
FLOOR_DBFS: Final = -90.0
"""Below the last bit of 16-bit sound: the level written for digital silence."""

_STEP: Final = SAMPLE_RATE * STEP_MS // 1000
_FULL_SCALE: Final = 32_768.0
_CEILING: Final = 32_700
_PLATEAU: Final = 3

T = TypeVar("T", bound=np.generic)
Levels = NDArray[np.float32]


class LevelMeter:
    """Collects power and clipped steps; holds 2 MB per hour of sound."""

    def __init__(self) -> None:
        self._powers: list[NDArray[np.float32]] = []
        self._clipped: list[NDArray[np.bool_]] = []

    def feed(self, sound: Samples, voice: Samples) -> None:
        """A second each, or the shorter end of the recording: clipping shows in the sound as
        recorded, level is that of the voice.
        """
        scaled = _in_steps(voice).astype(np.float32) / np.float32(_FULL_SCALE)
        self._powers.append(np.mean(scaled * scaled, axis=1))
        self._clipped.append(_plateaus(_in_steps(sound)))

    def powers(self) -> NDArray[np.float32]:
        """Mean square per step of 10 ms, 1.0 = full scale."""
        return _joined(self._powers, np.float32)

    def clipped(self) -> NDArray[np.bool_]:
        """Steps in which at least three neighbouring samples sit at full scale."""
        return _joined(self._clipped, np.bool_)


def dbfs(powers: NDArray[np.float32]) -> Levels:
    """Decibels below full scale, never under `FLOOR_DBFS`."""
    least = np.float32(10 ** (FLOOR_DBFS / 10))
    return (10 * np.log10(np.maximum(powers, least))).astype(np.float32)


def coarser(powers: NDArray[np.float32], steps: int) -> NDArray[np.float32]:
    """The mean of every `steps` values; the last of them may cover fewer."""
    starts = np.arange(0, powers.size, steps)
    if not starts.size:
        return powers
    counts = np.minimum(steps, powers.size - starts)
    return (np.add.reduceat(powers, starts) / counts).astype(np.float32)


def _in_steps(block: Samples) -> Samples:
    return block[: block.size - block.size % _STEP].reshape(-1, _STEP)


def _plateaus(steps: Samples) -> NDArray[np.bool_]:
    high = (steps >= _CEILING) | (steps <= -_CEILING)
    if not high.any():
        return np.zeros(len(steps), np.bool_)
    run = high[:, : -_PLATEAU + 1]
    for shift in range(1, _PLATEAU):
        run = run & high[:, shift : high.shape[1] - _PLATEAU + 1 + shift]
    return np.asarray(run.any(axis=1), np.bool_)


def _joined(parts: list[NDArray[T]], kind: type[T]) -> NDArray[T]:
    return np.concatenate(parts) if parts else np.empty(0, kind)
