from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from sessions_app.media import claims
from sessions_app.media.claims import claimed_ms, expected_ms
from sessions_app.media.opening import choose_stream, open_source
from sessions_app.stages.problems import InputProblem, Problem
from tests import media_files


@contextmanager
def opened(path: Path) -> Iterator[int]:
    fd = os.open(path, os.O_RDONLY)
    try:
        yield fd
    finally:
        os.close(fd)


def claim(path: Path) -> int | None:
    with opened(path) as fd, open_source(fd) as container:
        return claimed_ms(container, choose_stream(container), fd)


def test_an_mp3_without_a_tag_promises_nothing(tmp_path: Path) -> None:
    tagged = media_files.write(tmp_path / "tagged.mp3", media_files.talk())
    assert claim(tagged) == pytest.approx(6_000, abs=100)
    bare = media_files.write_joined_mp3(tmp_path / "bare.mp3", [(16_000, 1)], 2.0)
    assert claim(bare) is None


def test_a_tag_behind_a_long_title_is_found(tmp_path: Path) -> None:
    path = media_files.write(tmp_path / "t.mp3", media_files.talk())
    size = 20_000
    digits = bytes([size >> 21 & 127, size >> 14 & 127, size >> 7 & 127, size & 127])
    sound = path.read_bytes()
    path.write_bytes(b"ID3\4\0\0" + digits + bytes(size) + sound[sound.index(b"\xff\xf3") :])
    assert claim(path) == pytest.approx(6_000, abs=100)


def test_a_small_file_is_believed_as_to_what_to_expect(tmp_path: Path) -> None:
    with opened(media_files.constant_flac(tmp_path / "t.flac", 55, 1)) as fd:
        assert expected_ms(fd, 60) == 1_000


def test_a_small_file_that_promises_nothing_is_weighed(tmp_path: Path) -> None:
    path = media_files.write(tmp_path / "t.mp3", media_files.talk())
    path.write_bytes(path.read_bytes().replace(b"Xing", b"____").replace(b"Info", b"____"))
    assert claim(path) is None
    with opened(path) as fd:
        assert expected_ms(fd, 60) == pytest.approx(6_000, abs=200)


def test_packets_are_added_up_whatever_the_header_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(claims, "SMALL_BYTES", 0)
    path = media_files.constant_flac(tmp_path / "t.flac", 55, 1)
    with opened(path) as fd:
        assert expected_ms(fd, 60) == pytest.approx(57_344, abs=10)  # in whole blocks
        with pytest.raises(InputProblem) as caught:
            expected_ms(fd, 50)
    assert caught.value.problem is Problem.TOO_LONG
