"""A zip that is written while it is sent: neither memory nor disk ever holds all of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from django.utils import translation
from zipstream import ZIP_DEFLATED, ZIP_STORED, ZipStream

CHUNK = 64 * 1024


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of the zip. `content` is text, or bytes that come piece by piece; `packed` is what
    does not get smaller: it is stored as it is.
    """

    name: str
    content: str | Iterable[bytes]
    packed: bool = False


def zipped(entries: Iterable[Entry]) -> Iterator[bytes]:
    """Each entry is made when its turn comes."""
    archive = ZipStream(compress_type=ZIP_DEFLATED)
    for entry in entries:
        method = ZIP_STORED if entry.packed else ZIP_DEFLATED
        archive.add(entry.content, entry.name, compress_type=method)
        yield from archive.file()
    yield from archive.finalize()


def below(folder: str, entries: Iterable[Entry]) -> Iterator[Entry]:
    for entry in entries:
        yield Entry(f"{folder}/{entry.name}", entry.content, entry.packed)


def in_language(language: str, entries: Iterator[Entry]) -> Iterator[Entry]:
    """Made in this language, whichever the server speaks when their turn comes."""
    while True:
        with translation.override(language):
            entry = next(entries, None)
        if entry is None:
            return
        yield entry


def pieces(file: BinaryIO) -> Iterator[bytes]:
    """The content of an open file, which is closed at its end."""
    with file:
        while data := file.read(CHUNK):
            yield data
