from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
from django.conf import settings

from sessions_app.working_folder import PREFIX, working_folder

HOLD = """
import sys
from sessions_app.working_folder import working_folder
with working_folder() as folder:
    (folder / "recording").write_bytes(b"RIFF")
    print(folder, flush=True)
    sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def parent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def grow_old(folder: Path) -> None:
    then = time.time() - 3600
    os.utime(folder, (then, then))


def held_elsewhere(parent: Path) -> tuple[subprocess.Popen[str], Path]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD], env={**os.environ, "TMPDIR": str(parent)},
        cwd=settings.BASE_DIR, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    return process, Path(process.stdout.readline().strip())


def test_it_goes_with_all_that_is_in_it(parent: Path) -> None:
    with working_folder() as folder:
        (folder / "audio.flac").write_bytes(b"fLaC")
        assert folder.parent == parent
    assert list(parent.iterdir()) == []


def test_what_a_killed_process_left_goes_when_the_next_one_begins(parent: Path) -> None:
    process, left = held_elsewhere(parent)
    process.kill()
    process.communicate()
    assert left.exists()
    grow_old(left)
    with working_folder():
        assert not left.exists()


def test_what_another_one_works_in_stays_however_long_it_takes(parent: Path) -> None:
    process, used = held_elsewhere(parent)
    grow_old(used)
    with working_folder() as own:
        assert set(parent.iterdir()) == {used, own}
    process.communicate()
    assert list(parent.iterdir()) == []


def test_one_that_was_made_just_now_stays(parent: Path) -> None:
    (parent / f"{PREFIX}new").mkdir()
    with working_folder():
        assert (parent / f"{PREFIX}new").exists()


def test_what_belongs_to_others_is_left_alone(parent: Path) -> None:
    (parent / "notes").mkdir()
    (parent / f"{PREFIX}link").symlink_to(parent / "notes")
    (parent / f"{PREFIX}file").write_bytes(b"")
    for path in parent.iterdir():
        grow_old(path)
    with working_folder():
        assert {"notes", f"{PREFIX}link", f"{PREFIX}file"} <= {p.name for p in parent.iterdir()}
