"""Samples by the piece: 16 kHz mono, little-endian int16."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import IO, Final, Protocol

BYTES_PER_MS: Final = 16 * 2


class Sound(Protocol):
    @property
    def duration_ms(self) -> int: ...

    def slice(self, start_ms: int, end_ms: int) -> bytes:
        """Of `[start_ms, end_ms)`, clipped to the sound."""


class SampleFile:
    """A file that may still grow. Raises `ValueError` once it is closed."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    @property
    def duration_ms(self) -> int:
        return os.fstat(self._file.fileno()).st_size // BYTES_PER_MS

    def slice(self, start_ms: int, end_ms: int) -> bytes:
        """As far as it is written."""
        length = (end_ms - start_ms) * BYTES_PER_MS
        return os.pread(self._file.fileno(), length, start_ms * BYTES_PER_MS)

    def seconds(self, start_ms: int, end_ms: int) -> Iterator[bytes]:
        """The same in parts: all of a piece would be 2 MB a minute."""
        for at in range(start_ms, end_ms, 1000):
            yield self.slice(at, min(at + 1000, end_ms))


class Excerpt:
    """A piece of a sound as a sound of its own, in memory: 2 MB a minute."""

    def __init__(self, sound: Sound, start_ms: int, end_ms: int) -> None:
        self._samples = sound.slice(start_ms, end_ms)

    @property
    def duration_ms(self) -> int:
        return len(self._samples) // BYTES_PER_MS

    def slice(self, start_ms: int, end_ms: int) -> bytes:
        return self._samples[max(0, start_ms) * BYTES_PER_MS : max(0, end_ms) * BYTES_PER_MS]
