"""Makes the files: the same ones each time, none of them kept in the tree."""

from __future__ import annotations

import gzip
import io
import os
import struct
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import numpy as np

from tests import media_files

SEED: Final = 8
MUTANTS: Final = 3
"""Of every container, each with some bytes changed."""

ZEROS: Final = 50_000_000  # bytes; what a bomb unpacks to

Maker = Callable[[Path], object]


def make(folder: Path) -> list[Path]:
    """All of them, in `folder`, which is made where it is not there yet."""
    folder.mkdir(parents=True, exist_ok=True)
    media_files.write(folder / "aim.wav", media_files.tone(3, 1000, 0.9))
    for name, maker in MAKERS.items():
        maker(folder / name)
    honest = list(_honest(folder))
    for path in honest:
        _maim(path)
    return sorted(folder.iterdir())


def _honest(folder: Path) -> Iterator[Path]:
    for extension in media_files.CODECS:
        yield media_files.write(folder / f"whole.{extension}", media_files.talk())


def _maim(path: Path) -> None:
    """Cut in half, a hole in the middle, and mutants."""
    data = path.read_bytes()
    cut, hole = (path.with_name(f"{name}{path.suffix}") for name in ("cut", "hole"))
    cut.write_bytes(data[: len(data) // 2])
    hole.write_bytes(data)
    media_files.damage(hole, 0.3, 0.6)
    for number in range(MUTANTS):
        mutant = path.with_name(f"mutant-{number}{path.suffix}")
        mutant.write_bytes(_mutated(data, SEED + number))


def _mutated(data: bytes, seed: int) -> bytes:
    """One byte of a hundred, and more in the header, where the sizes are."""
    chance = np.random.default_rng(seed)
    changed = np.frombuffer(data, np.uint8).copy()
    places = chance.integers(0, len(changed), max(8, len(changed) // 100))
    places = np.concatenate((places, chance.integers(0, min(len(changed), 400), 8)))
    changed[places] = chance.integers(0, 256, len(places))
    return changed.tobytes()


def _wav(channels: int, rate: int, claimed: int, data: bytes = b"") -> bytes:
    """A header that claims what it is told."""
    form = struct.pack("<HHIIHH", 1, channels & 0xFFFF, rate, rate * 2 & 0xFFFFFFFF, 2, 16)
    body = b"fmt " + struct.pack("<I", len(form)) + form + b"data" + struct.pack("<I", claimed)
    return b"RIFF" + struct.pack("<I", claimed) + b"WAVE" + body + data


def _boxes(depth: int) -> bytes:
    """MP4 boxes in boxes."""
    inner = b""
    for _ in range(depth):
        inner = struct.pack(">I4s", len(inner) + 8, b"moov") + inner
    return struct.pack(">I4s4sI", 16, b"ftyp", b"isom", 0) + inner


def _elements(depth: int) -> bytes:
    """Matroska elements of unknown length in one another."""
    head = b"\x1aE\xdf\xa3\x8b\x42\x82\x88matroska"
    return head + b"\x18\x53\x80\x67\x01" + b"\xff" * 7 + b"\x1c\x53\xbb\x6b\x01\xff\xff" * depth


def _tag(claimed: int) -> bytes:
    """ID3 with a size of up to 256 MB."""
    sizes = bytes(claimed >> shift & 0x7F for shift in (21, 14, 7, 0))
    return b"ID3\x04\0\0" + sizes


def _zip(name: str, data: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return held.getvalue()


def _bytes(data: Callable[[], bytes]) -> Maker:
    return lambda path: path.write_bytes(data())


def _trap(trap: Callable[[Path, Path], Path]) -> Maker:
    return lambda path: trap(path, path.with_name("aim.wav"))


def _sounding(path: Path, behind: bytes = b"", before: bytes = b"") -> None:
    """A recording that is something else as well."""
    media_files.write(path, media_files.talk())
    path.write_bytes(before + path.read_bytes() + behind)


def _sparse(path: Path, size: int) -> None:
    """Hours of nothing that take no room on the disk."""
    path.write_bytes(_wav(1, 16_000, size))
    os.truncate(path, size)


MAKERS: Final[dict[str, Maker]] = {
    # nothing
    "empty.webm": _bytes(lambda: b""),
    "one-byte.mp3": _bytes(lambda: b"\xff"),
    "zeros.mp3": _bytes(lambda: bytes(5_000_000)),
    "noise.ogg": _bytes(lambda: np.random.default_rng(SEED).bytes(5_000_000)),
    "sync-words.mp3": _bytes(lambda: b"\xff\xfb" * 1_000_000),
    # something else, or two things at once
    "page.webm": _bytes(lambda: b"<html><script>alert(1)</script>" * 1000),
    "document.mp3": _bytes(lambda: b"%PDF-1.7\n" + b"1 0 obj\n" * 10_000),
    "program.wav": _bytes(lambda: b"\x7fELF" + bytes(100_000)),
    "recording-and-archive.wav": lambda path: _sounding(path, behind=_zip("a.sh", b"rm -r /")),
    "page-and-recording.mp3": lambda path: _sounding(path, before=b"<script>alert(1)</script>"),
    # bombs
    "bomb-zip.webm": _bytes(lambda: _zip("talk.webm", bytes(ZEROS))),
    "bomb-gzip.mp3": _bytes(lambda: gzip.compress(bytes(ZEROS))),
    "bomb-4-hours.flac": lambda path: media_files.constant_flac(path, 4 * 3600),
    "bomb-4-hours-said-to-be-10-s.flac": lambda path: media_files.constant_flac(path, 4 * 3600, 10),
    "bomb-codec-of-450-mb.mkv": lambda path: media_files.mkv_with_huge_codec(path, 450_000_000),
    "bomb-streams.mkv": lambda path: media_files.write_streams(path, media_files.talk(), 100),
    "bomb-boxes.mp4": _bytes(lambda: _boxes(100_000)),
    "bomb-elements.webm": _bytes(lambda: _elements(200_000)),
    "bomb-tag-of-256-mb.mp3": _bytes(lambda: _tag((1 << 28) - 1) + bytes(1000)),
    "bomb-tags.mp3": _bytes(lambda: _tag(0) * 500_000),
    "sparse.wav": lambda path: _sparse(path, 1 << 28),
    # lies
    "lie-4-gb.wav": _bytes(lambda: _wav(1, 16_000, 0xFFFFFFFF, bytes(1000))),
    "lie-65535-channels.wav": _bytes(lambda: _wav(65_535, 16_000, 100_000, bytes(100_000))),
    "lie-no-channels.wav": _bytes(lambda: _wav(0, 16_000, 100_000, bytes(100_000))),
    "lie-no-rate.wav": _bytes(lambda: _wav(1, 0, 100_000, bytes(100_000))),
    "lie-huge-rate.wav": _bytes(lambda: _wav(1, 0xFFFFFFFF, 100_000, bytes(100_000))),
    "changing-shape.mp3": lambda path: media_files.write_joined_mp3(
        path, [(16_000, 1), (44_100, 2)] * 10, 0.3
    ),
    # what leads elsewhere
    "playlist.webm": _trap(media_files.playlist),
    "concat.mp3": _trap(media_files.concat_script),
    "outside.mov": _trap(media_files.mov_with_outside_data),
    "session.wav": media_files.session_description,
    "link.wav": lambda path: path.symlink_to("aim.wav"),
    "pipe.wav": os.mkfifo,
}
