from __future__ import annotations

import os
from pathlib import Path

import pytest

from sessions_app.media.source import open_plain_file
from sessions_app.stages.problems import InputProblem, Problem


def test_a_plain_file_is_open_inside_only(tmp_path: Path) -> None:
    path = tmp_path / "t"
    path.write_bytes(b"sound")
    with open_plain_file(path, 5) as fd:
        assert os.read(fd, 9) == b"sound"
    with pytest.raises(OSError, match="Bad file descriptor"):
        os.fstat(fd)


def test_one_byte_too_many(tmp_path: Path) -> None:
    path = tmp_path / "t"
    path.write_bytes(b"sound!")
    with pytest.raises(InputProblem) as caught, open_plain_file(path, 5):
        pass
    assert caught.value.problem is Problem.TOO_LARGE


def test_a_link_to_nothing_is_a_link(tmp_path: Path) -> None:
    path = tmp_path / "t"
    path.symlink_to(tmp_path / "nothing")
    with pytest.raises(InputProblem) as caught, open_plain_file(path, 5):
        pass
    assert caught.value.problem is Problem.NOT_MEDIA


def test_a_folder_it_may_not_enter_is_no_fault_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"x")
    with pytest.raises(NotADirectoryError), open_plain_file(tmp_path / "file" / "t", 5):
        pass
