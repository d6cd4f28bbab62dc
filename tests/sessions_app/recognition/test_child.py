from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from sessions_app.recognition.launched import LaunchedAligner
from tests.deadline import eventually
from tests.sessions_app.recognition.aligning import (
    ORDERS,
    UNSAID,
    launched_aligner,
    processes,
)


@pytest.fixture
def aligner(tmp_path: Path) -> Iterator[LaunchedAligner]:
    with launched_aligner(tmp_path) as opened:
        yield opened


def test_it_takes_one_order_after_the_other(aligner: LaunchedAligner) -> None:
    for order in ORDERS:
        found = aligner.align(order)
        assert (found.share, len(found.spans)) == (1, len(order.words))


def test_what_cannot_be_found_is_an_answer_too(aligner: LaunchedAligner) -> None:
    assert aligner.align(UNSAID).share < 0.2
    assert aligner.align(ORDERS[0]).share == 1


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
