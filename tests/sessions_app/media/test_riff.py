from __future__ import annotations

import os
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sessions_app.media.riff import wav_claim_ms
from tests import media_files


@contextmanager
def opened(path: Path) -> Iterator[int]:
    fd = os.open(path, os.O_RDONLY)
    try:
        yield fd
    finally:
        os.close(fd)


def claim(path: Path) -> int | None:
    with opened(path) as fd:
        return wav_claim_ms(fd)


def test_counts_what_the_header_promises_not_what_is_there(tmp_path: Path) -> None:
    path = media_files.write(tmp_path / "t.wav", media_files.tone(4))
    assert claim(media_files.truncate(path, 0.3)) == 4_000


@pytest.mark.parametrize("size", [0, 0x7FFF_FFFF, 0xFFFF_FFFF])
def test_a_size_nobody_filled_in_is_no_promise(size: int, tmp_path: Path) -> None:
    path = media_files.write(tmp_path / "t.wav", media_files.tone(1))
    data = path.read_bytes()
    at = data.index(b"data")
    path.write_bytes(data[: at + 4] + struct.pack("<I", size) + data[at + 8 :])
    assert claim(path) is None


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=120))
def test_never_breaks_on_anything(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "t.wav"
    path.write_bytes(b"RIFF\0\0\0\0WAVEfmt " + data)
    found = claim(path)
    assert found is None or found >= 0
