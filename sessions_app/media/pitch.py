"""Pitch by autocorrelation, a window of 40 ms every 20 ms, at 8 kHz.

The autocorrelation of a window falls off with the lag even for a perfectly periodic sound; it is
divided by that of the window itself (P. Boersma, "Accurate short-term analysis of the fundamental
frequency and the harmonics-to-noise ratio of a sampled sound", 1993).
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from sessions_app.media.resampling import SAMPLE_RATE, Samples

LOWEST_HZ: Final = 62.0
"""Hoarse and creaky voices go down to here; 60 Hz is the hum of American mains."""
HIGHEST_HZ: Final = 400.0
HOP_MS: Final = 20

_RATE: Final = SAMPLE_RATE // 2
_HOP: Final = _RATE * HOP_MS // 1000
_WINDOW: Final = 2 * _HOP
_FFT: Final = 512  # window + longest lag: no wrap-around
_SHORTEST: Final = _RATE // 1000  # looked at from 1 kHz on, so that a whistle is no low voice
_LONGEST: Final = int(_RATE / LOWEST_HZ) + 1
_VOICED: Final = 0.5
_QUIET_RMS: Final = 50.0  # -56 dBFS
_OCTAVE_GUARD: Final = 0.88
"""Every multiple of the period correlates as well as the period itself: the shortest lag that
comes this near to the best one is taken."""

Floats = NDArray[np.float32]

_HANN: Final[Floats] = np.hanning(_WINDOW + 2)[1:-1].astype(np.float32)


def _correlate(windows: Floats) -> Floats:
    spectra = np.fft.rfft(windows, _FFT, axis=-1)
    power = spectra.real**2 + spectra.imag**2
    return np.fft.irfft(power, _FFT, axis=-1)[..., : _LONGEST + 2].astype(np.float32)


_OF_WINDOW: Final[Floats] = _correlate(_HANN) / _correlate(_HANN)[0]


class PitchTracker:
    """Keeps the sound and listens to it at the end: what is decoded is waited for elsewhere, and
    pitch is not. Holds 58 MB per hour of sound.
    """

    def __init__(self) -> None:
        self._blocks: list[Samples] = []

    def feed(self, block: Samples) -> None:
        """`block` is a second, or the shorter end of the recording."""
        even = block[: block.size - block.size % 2].astype(np.int32)
        self._blocks.append(((even[::2] + even[1::2]) // 2).astype(np.int16))

    def values(self) -> Floats:
        """One per hop in Hz, NaN where nothing is voiced."""
        carry = np.zeros(_WINDOW - _HOP, np.float32)
        parts: list[Floats] = []
        for block in self._blocks:
            signal = np.concatenate((carry, block.astype(np.float32)))
            if signal.size < _WINDOW:
                break
            carry = signal[-(_WINDOW - _HOP) :]
            parts.append(_pitches(sliding_window_view(signal, _WINDOW)[::_HOP]))
        return np.concatenate(parts) if parts else np.empty(0, np.float32)


def _pitches(windows: Floats) -> Floats:
    found = np.full(len(windows), np.nan, np.float32)
    centred: Floats = windows - windows.mean(axis=1, keepdims=True)
    loud = np.sqrt(np.mean(centred * centred, axis=1)) >= _QUIET_RMS
    if loud.any():
        found[loud] = _voiced(centred[loud])
    return found


def _voiced(windows: Floats) -> Floats:
    own = _correlate(windows * _HANN)
    lags, best = _best_lags(own / own[:, :1] / _OF_WINDOW)
    hertz = _RATE / lags
    voiced = (best >= _VOICED) & (hertz >= LOWEST_HZ) & (hertz <= HIGHEST_HZ)
    return np.where(voiced, hertz, np.float32(np.nan))


def _best_lags(strength: Floats) -> tuple[Floats, Floats]:
    """The shortest good peak of every row, between samples, and its height."""
    inner = strength[:, _SHORTEST : _LONGEST + 1]
    left = strength[:, _SHORTEST - 1 : _LONGEST]
    right = strength[:, _SHORTEST + 1 : _LONGEST + 2]
    peaks = np.where((inner >= left) & (inner >= right), inner, -1.0)
    best = peaks.max(axis=1)
    index = np.argmax(peaks >= (_OCTAVE_GUARD * best)[:, None], axis=1)
    rows = np.arange(len(index))
    before, here, after = left[rows, index], inner[rows, index], right[rows, index]
    bend = before - 2 * here + after
    shift = 0.5 * (before - after) / np.where(bend < 0, bend, -np.inf)
    return (index + _SHORTEST + np.clip(shift, -0.5, 0.5)).astype(np.float32), best
