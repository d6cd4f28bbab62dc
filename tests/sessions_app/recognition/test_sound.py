from __future__ import annotations

import os
from pathlib import Path

import pytest

from sessions_app.recognition.sound import BYTES_PER_MS, Excerpt, SampleFile

SECOND = bytes(range(250)) * (1000 * BYTES_PER_MS // 250)


def part(start_ms: int, end_ms: int) -> bytes:
    return SECOND[start_ms * BYTES_PER_MS : end_ms * BYTES_PER_MS]


def test_a_file_is_read_as_far_as_it_is_written(tmp_path: Path) -> None:
    with (tmp_path / "samples").open("w+b", buffering=0) as file:
        sound = SampleFile(file)
        assert (sound.duration_ms, sound.slice(0, 100)) == (0, b"")
        file.write(SECOND)
        assert sound.duration_ms == 1000
        assert sound.slice(200, 300) == part(200, 300)
        assert sound.slice(900, 5_000) == part(900, 1000)


def test_reading_does_not_move_where_it_is_written(tmp_path: Path) -> None:
    with (tmp_path / "samples").open("w+b", buffering=0) as file:
        file.write(part(0, 500))
        SampleFile(file).slice(0, 10)
        file.write(part(500, 1000))
        assert os.pread(file.fileno(), len(SECOND), 0) == SECOND


def test_a_closed_file_is_not_taken_for_the_next_one_of_its_number(tmp_path: Path) -> None:
    with (tmp_path / "samples").open("w+b") as file:
        sound = SampleFile(file)
    with pytest.raises(ValueError, match="closed"):
        sound.slice(0, 10)


def test_an_excerpt_counts_from_its_own_start(tmp_path: Path) -> None:
    (tmp_path / "samples").write_bytes(SECOND)
    with (tmp_path / "samples").open("rb") as file:
        excerpt = Excerpt(SampleFile(file), 400, 700)
    assert excerpt.duration_ms == 300
    assert excerpt.slice(100, 200) == part(500, 600)
    assert excerpt.slice(-50, 100) == part(400, 500)
    assert excerpt.slice(250, 900) == part(650, 700)
