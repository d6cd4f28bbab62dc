"""HTTP byte ranges (RFC 9110, section 14), as media players ask for them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

CHUNK = 64 * 1024
_SINGLE = re.compile(r"bytes\s*=\s*(\d*)\s*-\s*(\d*)\s*", re.ASCII | re.IGNORECASE)
_DIGITS = 18  # far beyond any file, and keeps hostile numbers small


class Unsatisfiable(ValueError):
    """The range lies outside the file: answer 416 with its size."""


@dataclass(frozen=True, slots=True)
class ByteRange:
    """Bytes `start` to `end`, both inclusive, as in `Content-Range`."""

    start: int
    end: int

    @property
    def length(self) -> int:
        return self.end - self.start + 1

    def content_range(self, size: int) -> str:
        return f"bytes {self.start}-{self.end}/{size}"


def parse_range(header: str, size: int) -> ByteRange | None:
    """The one range asked for; `None` where the whole file is the answer.

    Headers that are absent, malformed, of another unit or with several ranges are ignored, as
    the RFC allows. Raises `Unsatisfiable`.
    """
    match = _SINGLE.fullmatch(header.strip())
    if match is None or not any(match.groups()) or max(map(len, match.groups())) > _DIGITS:
        return None
    first, last = match.groups()
    if not first:
        return _suffix(int(last), size)
    start, end = int(first), int(last) if last else size - 1
    if last and end < start:
        return None
    if start >= size:
        raise Unsatisfiable(header)
    return ByteRange(start, min(end, size - 1))


def _suffix(length: int, size: int) -> ByteRange:
    if length == 0 or size == 0:
        raise Unsatisfiable(f"last {length} bytes of {size}")
    return ByteRange(max(0, size - length), size - 1)


class FilePart:
    """Iterates over one range of an open file in chunks, and closes the file with itself."""

    def __init__(self, file: BinaryIO, part: ByteRange) -> None:
        file.seek(part.start)
        self._file = file
        self._left = part.length

    def __iter__(self) -> Iterator[bytes]:
        while self._left > 0 and (data := self._file.read(min(CHUNK, self._left))):
            self._left -= len(data)
            yield data

    def close(self) -> None:
        self._file.close()
