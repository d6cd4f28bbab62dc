from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from sessions_app.media.flac import FlacWriter
from sessions_app.stages.problems import Problem, StageProblem
from tests import media_files

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def full() -> Iterator[int]:
    fd = os.open("/dev/full", os.O_WRONLY)
    yield fd
    os.close(fd)


def write(fd: int, seconds: int) -> None:
    with FlacWriter(fd) as writer:
        for _ in range(seconds):
            writer.write(media_files.noise(1, 0.5))


@pytest.mark.parametrize("seconds", [0, 1, 10])
def test_a_full_disk_is_noticed_however_little_is_written(full: int, seconds: int) -> None:
    with pytest.raises(StageProblem) as caught:
        write(full, seconds)
    assert (caught.value.problem, caught.value.detail) == (Problem.STORAGE, "ENOSPC")


def test_what_went_wrong_elsewhere_is_not_hidden_by_the_disk(full: int) -> None:
    with pytest.raises(KeyError), FlacWriter(full):
        raise KeyError


def test_a_descriptor_that_cannot_be_written_is_a_mistake_of_ours(tmp_path: Path) -> None:
    (tmp_path / "f").touch()
    fd = os.open(tmp_path / "f", os.O_RDONLY)
    try:
        with pytest.raises(OSError, match="Bad file descriptor"):
            write(fd, 1)
    finally:
        os.close(fd)


BOUNDED = """
import os, resource, sys
from sessions_app.media.flac import FlacWriter
from sessions_app.stages.problems import StageProblem
from tests import media_files
fd = os.open(sys.argv[1], os.O_WRONLY | os.O_CREAT)
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    with FlacWriter(fd) as writer:
        for _ in range(10):
            writer.write(media_files.noise(1, 0.5))
except StageProblem as problem:
    print(problem)
"""


def test_a_disk_that_fills_up_midway_is_noticed(tmp_path: Path) -> None:
    """A limit on the size of files takes the place of the disk."""
    said = subprocess.run(
        [sys.executable, "-c", BOUNDED, str(tmp_path / "f")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert said == "storage: EFBIG\n"
