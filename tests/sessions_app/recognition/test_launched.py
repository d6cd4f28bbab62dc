"""A process that aligns, and `child.py`, which is that process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest

from sessions_app.recognition import launched
from sessions_app.recognition.launched import AlignerGone, LaunchedAligner
from tests.deadline import eventually
from tests.sessions_app.recognition.aligning import ORDERS, UNSAID, processes, samples

OWN_DESCRIPTORS = 4
"""Orders, answers, complaints, samples."""


@pytest.fixture
def aligner(tmp_path: Path) -> Iterator[LaunchedAligner]:
    with samples(tmp_path) as file:
        opened = LaunchedAligner(file.fileno(), tmp_path)
        yield opened
        opened.end()


def test_it_takes_one_order_after_the_other(aligner: LaunchedAligner) -> None:
    for order in ORDERS:
        found = aligner.align(order)
        assert (found.share, len(found.spans)) == (1, len(order.words))


def test_what_cannot_be_found_is_an_answer_too(aligner: LaunchedAligner) -> None:
    assert aligner.align(UNSAID).share < 0.2
    assert aligner.align(ORDERS[0]).share == 1


def test_it_holds_nothing_of_ours_but_the_samples(
    aligner: LaunchedAligner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret")
    (tmp_path / "secret").touch()
    with (tmp_path / "secret").open(), samples(tmp_path) as file:
        other = LaunchedAligner(file.fileno(), tmp_path)
        try:
            other.align(ORDERS[0])
            process = psutil.Process(other.pid)
            assert process.num_fds() == OWN_DESCRIPTORS
            assert "sk-secret" not in process.environ().values()
        finally:
            other.end()


def test_it_loads_none_of_the_large_libraries() -> None:
    """They would double the time until it is up."""
    code = "import sys, sessions_app.recognition.child; print({'numpy', 'av'} & set(sys.modules))"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout == "set()\n"


def test_the_end_of_a_service_is_left_to_whoever_asks(aligner: LaunchedAligner) -> None:
    aligner.align(ORDERS[0])
    for ending in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        os.kill(aligner.pid, ending)
    assert aligner.align(ORDERS[1]).share == 1


def test_its_death_is_told(aligner: LaunchedAligner) -> None:
    os.kill(aligner.pid, signal.SIGKILL)
    with pytest.raises(AlignerGone, match="code"):
        aligner.align(ORDERS[0])


def test_it_is_ended_whatever_it_is_doing(aligner: LaunchedAligner) -> None:
    with ThreadPoolExecutor(1) as threads:
        answer = threads.submit(aligner.align, UNSAID)
        eventually(lambda: psutil.Process(aligner.pid).cpu_times().user > 0.5, what="it works")
        aligner.end()
        assert isinstance(answer.exception(), AlignerGone)
    assert not psutil.pid_exists(aligner.pid)


def test_a_stopped_one_is_ended_too(aligner: LaunchedAligner) -> None:
    os.kill(aligner.pid, signal.SIGSTOP)
    aligner.end()
    assert not psutil.pid_exists(aligner.pid)


def test_a_machine_without_room_for_one_is_told_like_its_death(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(launched, "command", lambda *arguments: [str(tmp_path / "missing")])
    with samples(tmp_path) as file, pytest.raises(AlignerGone, match="missing"):
        LaunchedAligner(file.fileno(), tmp_path)


JOB = """
import sys
from pathlib import Path
from sessions_app.recognition.launched import LaunchedAligner
from tests.sessions_app.recognition.aligning import UNSAID, samples
folder = Path(sys.argv[1])
with samples(folder) as file:
    LaunchedAligner(file.fileno(), folder).align(UNSAID)
"""


def test_a_killed_job_takes_it_along(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", JOB, str(tmp_path)]) as job:
        eventually(lambda: processes(job.pid), what="a process that aligns")
        (aligner,) = processes(job.pid)
        eventually(lambda: aligner.cpu_times().user > 0.5, what="it works")
        job.kill()
    eventually(lambda: not aligner.is_running(), what="it is gone")
