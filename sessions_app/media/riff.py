"""The length a wav file claims, from its own chunks."""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator
from typing import Final

_UNKNOWN: Final = 0x7FFF_0000
"""Programs that write to a pipe cannot come back to fill in the size; they write a huge one."""

_MAX_CHUNKS: Final = 64
_HEAD: Final = struct.Struct("<4sI")
_FORMAT: Final = struct.Struct("<HHII")  # codec, channels, samples and bytes per second


def wav_claim_ms(fd: int) -> int | None:
    """Size of the data chunk over the byte rate; `None` where either is missing or unknown."""
    rate = 0
    for kind, at, size in _chunks(fd):
        if kind == b"fmt ":
            head = os.pread(fd, _FORMAT.size, at)
            rate = _FORMAT.unpack(head)[3] if len(head) == _FORMAT.size else 0
        elif kind == b"data":
            return size * 1000 // rate if rate and 0 < size < _UNKNOWN else None
    return None


def _chunks(fd: int) -> Iterator[tuple[bytes, int, int]]:
    """Kind, offset of the body, size."""
    at = 12
    for _ in range(_MAX_CHUNKS):
        head = os.pread(fd, _HEAD.size, at)
        if len(head) < _HEAD.size:
            return
        kind, size = _HEAD.unpack(head)
        at += _HEAD.size
        yield kind, at, size
        at += size + size % 2
