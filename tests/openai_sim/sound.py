"""Decoding, and how loud it is when."""

from __future__ import annotations

import io
from itertools import chain
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

RATE = 8_000  # samples a second; enough to know a stretch of speech by
HOP_MS = 10
HOP = RATE * HOP_MS // 1000
QUIET = 1e-4  # of full scale; nothing below this counts as sound
LOUD = 0.1  # of the loudest tenth

Sound = NDArray[np.float32]
_TWICE = 2 * RATE


class Undecodable(ValueError):
    """No sound in it, or no known format."""


def decode(source: Path | bytes) -> Sound:
    """Samples between -1 and 1 at 8,000 a second. Raises `Undecodable`."""
    file = io.BytesIO(source) if isinstance(source, bytes) else str(source)
    resampler = av.AudioResampler(format="flt", layout="mono", rate=_TWICE)
    try:
        with av.open(file, "r") as container:
            frames = [
                resampled.to_ndarray()[0]
                for frame in chain(container.decode(audio=0), (None,))
                for resampled in resampler.resample(frame)
            ]
    except (av.FFmpegError, IndexError, ValueError) as error:
        raise Undecodable(str(error)) from error
    samples = np.concatenate(frames) if frames else np.zeros(0, np.float32)
    pairs = samples[: samples.size // 2 * 2].reshape(-1, 2)
    return np.asarray(pairs.mean(axis=1), np.float32)


def envelope(sound: Sound) -> Sound:
    """Root mean square of every 10 ms."""
    frames = sound[: sound.size // HOP * HOP].reshape(-1, HOP)
    return np.asarray(np.sqrt((frames**2).mean(axis=1)), np.float32)


def loud_stretches(sound: Sound) -> list[tuple[int, int]]:
    """Start and end in milliseconds of wherever something is to be heard."""
    levels = envelope(sound)
    if not levels.size:
        return []
    loud = levels > max(QUIET, LOUD * float(np.percentile(levels, 90)))
    edges = np.flatnonzero(np.diff(np.concatenate([[False], loud, [False]]).astype(np.int8)))
    return [
        (int(a) * HOP_MS, int(b) * HOP_MS) for a, b in zip(edges[::2], edges[1::2], strict=True)
    ]
