"""Writes the bare samples, for whoever works on pieces of them at once."""

from __future__ import annotations

import os

from sessions_app.media.resampling import Samples
from sessions_app.media.storage import storage_problems


class SampleWriter:
    """Little-endian int16 into an open descriptor. Raises StageProblem STORAGE, OSError."""

    def __init__(self, fd: int) -> None:
        self._fd = fd

    def write(self, block: Samples) -> None:
        rest = memoryview(block.astype("<i2", copy=False).tobytes())
        with storage_problems():
            while rest:
                rest = rest[os.write(self._fd, rest) :]
