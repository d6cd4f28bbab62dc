from __future__ import annotations

import os
from pathlib import Path

import pytest

from speechcoach import lock


def test_second_holder_learns_who_holds_it(tmp_path: Path) -> None:
    path = tmp_path / "up.lock"
    with (
        lock.hold(path),
        pytest.raises(lock.RunningAlready, match=rf"{tmp_path} \(process {os.getpid()}\)"),
        lock.hold(path),
    ):
        raise AssertionError("held twice")


def test_is_free_again_after_its_holder(tmp_path: Path) -> None:
    for _ in range(2):
        with lock.hold(tmp_path / "up.lock"):
            pass
    assert (tmp_path / "up.lock").read_text() == str(os.getpid())


def test_a_file_left_behind_locks_nothing(tmp_path: Path) -> None:
    path = tmp_path / "up.lock"
    path.write_text("99999999")
    with lock.hold(path):
        assert path.read_text() == str(os.getpid())
