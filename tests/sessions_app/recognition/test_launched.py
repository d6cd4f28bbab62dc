from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest

from sessions_app.recognition import launched
from sessions_app.recognition.launched import AlignerGone, LaunchedAligner
from tests.deadline import eventually
from tests.sessions_app.recognition.aligning import ORDERS, UNSAID, launched_aligner, samples

OWN_DESCRIPTORS = 4
"""Orders, answers, complaints, samples."""


@pytest.fixture
def aligner(tmp_path: Path) -> Iterator[LaunchedAligner]:
    with launched_aligner(tmp_path) as opened:
        yield opened


def test_it_holds_nothing_of_ours_but_the_samples(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret")
    (tmp_path / "secret").touch()
    with (tmp_path / "secret").open(), launched_aligner(tmp_path) as aligner:
        aligner.align(ORDERS[0])
        process = psutil.Process(aligner.pid)
        assert process.num_fds() == OWN_DESCRIPTORS
        assert "sk-secret" not in process.environ().values()


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
