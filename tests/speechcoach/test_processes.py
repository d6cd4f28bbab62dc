"""With real processes: what is started can be found and ended, wherever it hides."""

from __future__ import annotations

import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from speechcoach import guard, processes
from speechcoach.processes import Program
from tests.deadline import eventually

# Forks a child that leaves the process group, as a worker's job does, then waits.
FORKING = "import os, signal; os.fork() or os.setsid(); signal.pause()"
STUBBORN = (
    "import signal, pathlib; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
    "pathlib.Path({ready!r}).touch(); signal.pause()"
)


@pytest.fixture
def mark() -> Iterator[str]:
    mark = uuid.uuid4().hex
    yield mark
    processes.end_marked(mark, 0)


def start(code: str, mark: str) -> subprocess.Popen[bytes]:
    return processes.start(Program("test", (sys.executable, "-c", code)), mark)


def start_forking(mark: str) -> subprocess.Popen[bytes]:
    process = start(FORKING, mark)
    eventually(lambda: len({os.getpgid(each.pid) for each in processes.marked(mark)}) == 2)
    return process


def start_stubborn(mark: str, folder: Path) -> subprocess.Popen[bytes]:
    process = start(STUBBORN.format(ready=str(folder / "ready")), mark)
    eventually((folder / "ready").exists)
    return process


def test_ctrl_c_does_not_reach_a_program(mark: str) -> None:
    process = start("import signal; signal.pause()", mark)
    eventually(lambda: processes.marked(mark) == [psutil.Process(process.pid)])
    assert psutil.Process(process.pid).terminal() is None


def test_finds_a_fork_that_outlived_its_parent(mark: str) -> None:
    process = start_forking(mark)
    processes.kill_group(process)
    assert len(processes.marked(mark)) == 1
    processes.end_marked(mark, 5)
    assert processes.marked(mark) == []


def test_leaves_the_programs_of_others_alone(mark: str) -> None:
    process = start("import signal; signal.pause()", mark)
    processes.end_marked(uuid.uuid4().hex, 0)
    assert process.poll() is None


def test_waits_for_a_program_that_ends_when_asked(mark: str) -> None:
    process = start("import signal; signal.pause()", mark)
    processes.ask_to_end(process)
    processes.wait_or_kill(process, 10)
    assert process.returncode == -15


def test_kills_a_program_that_does_not_listen(mark: str, tmp_path: Path) -> None:
    process = start_stubborn(mark, tmp_path)
    processes.ask_to_end(process)
    processes.wait_or_kill(process, 0.1)
    assert process.returncode == -9


def test_guard_ends_everything_when_its_pipe_closes(mark: str) -> None:
    start_forking(mark)
    guard.dismiss(guard.start(mark))
    assert processes.marked(mark) == []
