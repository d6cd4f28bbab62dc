"""How good the recording is: noise behind the voice, and clipping."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from sessions_app.media.ranks import quantile
from sessions_app.media.regions import Span

_LEAST_QUIET_STEPS: Final = 30
_LEAST_POWER: Final = 1e-9
_CLIPPED_SHARE: Final = 0.01


def spoken(size: int, speech: list[Span]) -> NDArray[np.bool_]:
    """One flag per 10 ms step: inside a span of speech."""
    flags = np.zeros(size, np.bool_)
    for start, end in speech:
        flags[start:end] = True
    return flags


def snr_db(powers: NDArray[np.float32], speech: list[Span]) -> float | None:
    """Speech over background in dB; `None` without speech or without 300 ms of background.

    The background is the median outside speech: breaths and clicks are not noise.
    """
    flags = spoken(powers.size, speech)
    quiet = powers[~flags]
    if not flags.any() or quiet.size < _LEAST_QUIET_STEPS:
        return None
    noise = max(quantile(quiet, 0.5), _LEAST_POWER)
    signal = max(float(np.mean(powers[flags])) - noise, _LEAST_POWER)
    return round(10 * float(np.log10(signal / noise)), 1)


def is_clipped(clipped: NDArray[np.bool_], speech: list[Span]) -> bool:
    """True when at least 1 % of the speech sits flat against full scale."""
    flags = spoken(clipped.size, speech)
    return bool(flags.any()) and float(np.mean(clipped[flags])) >= _CLIPPED_SHARE
