"""Decoding, and how loud it is when."""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.container import InputContainer
from numpy.typing import NDArray

RATE = 8_000  # samples a second; enough to know a stretch of speech by
HOP_MS = 10
HOP = RATE * HOP_MS // 1000
QUIET = 1e-4  # of full scale; nothing below this counts as sound
LOUD = 0.1  # of the loudest tenth

Sound = NDArray[np.float32]
_TWICE = 2 * RATE
_FULL_SCALE = 2 * 32_768  # of the sum of two samples


class Undecodable(ValueError):
    """No sound in it, or no known format."""


def decode(source: Path | bytes) -> Sound:
    """Samples between -1 and 1 at 8,000 a second. Raises `Undecodable`."""
    file = io.BytesIO(source) if isinstance(source, bytes) else str(source)
    try:
        with av.open(file, "r") as container:
            frames = [frame.to_ndarray()[0] for frame in _frames(container)]
    except (av.FFmpegError, IndexError, ValueError) as error:
        raise Undecodable(str(error)) from error
    samples = np.concatenate(frames) if frames else np.zeros(0, np.int16)
    even = samples[: samples.size // 2 * 2].astype(np.float32)
    return np.asarray((even[::2] + even[1::2]) / _FULL_SCALE, np.float32)


def _frames(container: InputContainer) -> Iterator[AudioFrame]:
    """16 bits, mono, 16,000 a second: what comes like that is left alone, which is quicker."""
    heard = container.streams.audio[0].codec_context
    frames = container.decode(audio=0)
    if (heard.format.name, heard.layout.name, heard.sample_rate) == ("s16", "mono", _TWICE):
        return frames
    resampler = av.AudioResampler(format="s16", layout="mono", rate=_TWICE)
    return (out for frame in chain(frames, (None,)) for out in resampler.resample(frame))


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
