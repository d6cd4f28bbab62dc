"""Noise of a known level under speech."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from sessions_app.recognition.pcm import Samples

Sound = NDArray[np.float64]
Noise = Callable[[Samples, np.random.Generator], Sound]

VOICES = 8
"""From about this many on nobody is understood in a babble of voices (Miller 1947)."""


def white(speech: Samples, draw: np.random.Generator) -> Sound:
    return draw.normal(0, 1, len(speech))


def babble(speech: Samples, draw: np.random.Generator) -> Sound:
    """The speech itself, backwards, many times over at random moments."""
    backwards = speech[::-1].astype(np.float64)
    shifts = draw.integers(0, len(speech), VOICES)
    return np.asarray(np.sum([np.roll(backwards, shift) for shift in shifts], axis=0))


def noisy(
    speech: Samples, spans_ms: Sequence[tuple[int, int]], noise: Noise, snr_db: float, seed: int = 1
) -> Samples:
    """Speech and noise, scaled together where they would clip. `snr_db` compares mean powers:
    of the speech inside of `spans_ms`, and of the noise."""
    added = noise(speech, np.random.default_rng(seed))
    spoken = np.concatenate([speech[start * 16 : end * 16] for start, end in spans_ms])
    power = np.mean(spoken.astype(np.float64) ** 2) / 10 ** (snr_db / 10)
    mixed = speech + added * np.sqrt(power / np.mean(added**2))
    loudest = float(np.abs(mixed).max())
    return np.asarray(mixed * min(1.0, 32_000 / loudest), np.int16)
