"""Random access to a recording without holding it in memory."""

from __future__ import annotations

import mmap
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import av
import numpy as np
import numpy.typing as npt

SAMPLE_RATE = 16_000
_SAMPLES_PER_MS = SAMPLE_RATE // 1000
_FRAMES_PER_CHECK = 500

Samples = npt.NDArray[np.int16]


class Recording:
    """16 kHz mono samples on disk; slices are read when asked for."""

    def __init__(self, samples: Samples) -> None:
        self._samples = samples

    @property
    def duration_ms(self) -> int:
        return len(self._samples) // _SAMPLES_PER_MS

    def slice(self, start_ms: int, end_ms: int) -> bytes:
        """Little-endian int16 samples of `[start_ms, end_ms)`, clipped to the recording."""
        first, last = max(0, start_ms) * _SAMPLES_PER_MS, max(0, end_ms) * _SAMPLES_PER_MS
        return self._samples[first:last].tobytes()


@contextmanager
def open_recording(audio: Path, folder: Path, check: Callable[[], None]) -> Iterator[Recording]:
    """Decodes `audio` into a nameless file in `folder`, which vanishes on leaving.

    115 MB of disk for an hour; in memory only the pages in use.
    """
    with tempfile.TemporaryFile(dir=folder) as raw:
        unpack(audio, raw, check)
        if raw.tell() == 0:
            yield Recording(np.empty(0, dtype=np.int16))
            return
        with mmap.mmap(raw.fileno(), 0, access=mmap.ACCESS_READ) as mapped:
            recording = Recording(np.frombuffer(mapped, dtype="<i2"))
            try:
                yield recording
            finally:
                # The map cannot close while an array still points into it.
                recording._samples = np.empty(0, dtype=np.int16)


def unpack(audio: Path, raw: IO[bytes], check: Callable[[], None]) -> None:
    """Decodes `audio` into `raw`."""
    for position, block in enumerate(_blocks(audio)):
        raw.write(block.tobytes())
        if position % _FRAMES_PER_CHECK == 0:
            check()
    raw.flush()


def _blocks(audio: Path) -> Iterator[Samples]:
    resampler = av.AudioResampler(format="s16", layout="mono", rate=SAMPLE_RATE)
    with av.open(audio) as container:
        for frame in container.decode(audio=0):
            for block in resampler.resample(frame):
                yield block.to_ndarray()[0].astype(np.int16, copy=False)
        for block in resampler.resample(None):
            yield block.to_ndarray()[0].astype(np.int16, copy=False)
