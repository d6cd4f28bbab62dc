"""The bare samples in a file, for whoever works on pieces of them at once."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Final

import numpy as np

from sessions_app.media.resampling import SAMPLE_RATE, Samples
from sessions_app.media.storage import storage_problems

_BLOCK_BYTES: Final = 2 * SAMPLE_RATE


class SampleStore:
    """Little-endian int16 in an empty file, open for reading and writing.

    Raises StageProblem STORAGE when the disk takes no more, OSError for other failures.
    """

    def __init__(self, fd: int) -> None:
        self._fd = fd

    def write(self, block: Samples) -> None:
        rest = memoryview(block.astype("<i2", copy=False).tobytes())
        with storage_problems():
            while rest:
                rest = rest[os.write(self._fd, rest) :]

    def blocks(self) -> Iterator[Samples]:
        """All that was written, a second at a time."""
        position = 0
        while data := os.pread(self._fd, _BLOCK_BYTES, position):
            position += len(data)
            yield np.frombuffer(data, "<i2").astype(np.int16, copy=False)
