from __future__ import annotations

import os
from pathlib import Path

import pytest

from sessions_app.media.oggs import ends_early
from tests import media_files


def early(path: Path) -> bool:
    fd = os.open(path, os.O_RDONLY)
    try:
        return ends_early(fd)
    finally:
        os.close(fd)


def test_a_finished_file_ends_on_its_last_page(tmp_path: Path) -> None:
    path = media_files.write(tmp_path / "t.ogg", media_files.talk(rate=48_000), 48_000)
    assert not early(path)
    assert early(media_files.truncate(path, 0.7))


@pytest.mark.parametrize("data", [b"", b"OggS", b"no ogg at all"])
def test_what_has_no_page_has_no_end(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "t.ogg"
    path.write_bytes(data)
    assert early(path)
