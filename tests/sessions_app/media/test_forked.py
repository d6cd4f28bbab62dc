"""What a fork server promises beyond what every decoding child does (`test_sandbox.py`)."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from sessions_app.media import forked
from sessions_app.media.sandbox import DecoderFailed, decode
from sessions_app.stages.problems import InputProblem, Problem
from tests import media_files
from tests.deadline import eventually
from tests.sessions_app.media.test_sandbox import at_work, gone, heed_not, request_for

OWN_DESCRIPTORS = 8
"""Control, answer, complaints, recording, sound, copy, samples; on Linux its memory's figures."""


@pytest.fixture
def server() -> Iterator[psutil.Process]:
    yield psutil.Process(forked.keep_server().pid)
    forked.give_up_server()


@pytest.fixture(scope="module")
def endless(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return media_files.constant_flac(tmp_path_factory.mktemp("endless") / "t.flac", 4 * 3600)


@pytest.fixture
def short(tmp_path: Path) -> Path:
    return media_files.write(tmp_path / "t.wav", media_files.talk())


def decoded(path: Path, target: Path) -> int:
    """Milliseconds of `path`."""
    with request_for(path, target) as request:
        duration: int = json.loads(decode(request, 60, lambda: None, heed_not))["recording"][
            "duration_ms"
        ]
    return duration


def test_one_server_forks_for_talk_after_talk(
    server: psutil.Process, short: Path, tmp_path: Path
) -> None:
    held = []
    for number in range(3):
        assert decoded(short, tmp_path / f"{number}.flac") == 6000
        held.append(server.num_fds())
    assert len(set(held)) == 1
    assert forked.keep_server().pid == server.pid
    assert server.children() == []


def test_a_crash_does_the_next_talk_no_harm(
    server: psutil.Process, endless: Path, short: Path, tmp_path: Path
) -> None:
    def crash() -> None:
        for child in server.children():
            with suppress(psutil.NoSuchProcess):  # buried since it was listed
                child.send_signal(signal.SIGSEGV)

    with (
        request_for(endless, tmp_path / "endless.flac") as request,
        pytest.raises(InputProblem) as caught,
    ):
        decode(request, 60, crash, heed_not)
    assert caught.value.problem is Problem.DAMAGED
    assert decoded(short, tmp_path / "short.flac") == 6000
    assert forked.keep_server().pid == server.pid


def test_a_fork_has_no_descriptor_but_its_own(
    server: psutil.Process, endless: Path, tmp_path: Path
) -> None:
    class Counted(Exception):
        pass

    def count() -> None:
        if at_work(request):
            (child,) = server.children()
            raise Counted(child.num_fds())

    with (
        secret(tmp_path).open(),
        request_for(endless, tmp_path / "out.flac") as request,
        pytest.raises(Counted) as caught,
    ):
        decode(request, 60, count, heed_not)
    assert caught.value.args[0] <= OWN_DESCRIPTORS
    assert server.children() == []


def secret(folder: Path) -> Path:
    """A file that the asking process has open."""
    path = folder / "secret"
    path.write_text("key", encoding="utf-8")
    return path


def test_a_fork_that_hangs_is_ended(server: psutil.Process, endless: Path, tmp_path: Path) -> None:
    """Stopped, it cannot watch for the end of whoever asked: its server does."""

    class Stopped(Exception):
        pass

    def stop() -> None:
        if at_work(request):
            (child,) = server.children()
            if child.status() == psutil.STATUS_STOPPED:
                raise Stopped
            child.send_signal(signal.SIGSTOP)

    with request_for(endless, tmp_path / "out.flac") as request, pytest.raises(Stopped):
        decode(request, 60, stop, heed_not)
    assert server.children() == []


def test_the_death_of_the_server_is_not_blamed_on_the_file(
    server: psutil.Process, endless: Path, short: Path, tmp_path: Path
) -> None:
    seen: list[psutil.Process] = []

    def shoot_the_server() -> None:
        if not seen and at_work(request):
            seen.extend(server.children())
            server.kill()

    with (
        request_for(endless, tmp_path / "out.flac") as request,
        pytest.raises(DecoderFailed, match="fork server gone"),
    ):
        decode(request, 5 if sys.platform == "darwin" else 60, shoot_the_server, heed_not)
    (decoder,) = seen
    assert gone(decoder.pid)()
    assert decoded(short, tmp_path / "next.flac") == 6000, "by a new program"
    assert forked.keep_server().pid != server.pid


ANNOUNCED = "announced"
WORKER = """
import os, sys
from pathlib import Path
from tests.sessions_app.media.test_sandbox import request_for
from sessions_app.media.forked import keep_server
from sessions_app.media.sandbox import decode
keep_server()
job = os.fork()
if job:
    print(job, flush=True)
    os.waitpid(job, 0)
    sys.stdin.read()
else:
    os.setpgrp()
    with (
        request_for(Path(sys.argv[1]), Path(sys.argv[2]), cpu_seconds=600) as request,
        Path(sys.argv[3]).open("wb", buffering=0) as announced,
    ):
        decode(request, 600, lambda: None, announced.write)
"""


@pytest.fixture
def worker(endless: Path, tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """With a job, whose number it prints, at the beginning of decoding."""
    told = tmp_path / ANNOUNCED
    process = subprocess.Popen(
        [sys.executable, "-c", WORKER, str(endless), str(tmp_path / "out.flac"), str(told)],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "speechcoach.settings"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        eventually(lambda: announced(tmp_path), seconds=90, what="the first piece")
        yield process
        process.kill()


def announced(folder: Path) -> int:
    """Bytes of what the decoder has told the job about pieces."""
    path = folder / ANNOUNCED
    return path.stat().st_size if path.exists() else 0


def family(worker: subprocess.Popen[str]) -> tuple[int, psutil.Process, psutil.Process]:
    """Job, fork server and decoding child."""
    assert worker.stdout is not None
    job = int(worker.stdout.readline())
    (server,) = (each for each in psutil.Process(worker.pid).children() if each.pid != job)
    (decoder,) = server.children()
    return job, server, decoder


def test_a_killed_job_takes_its_decoder_along_and_leaves_the_server(
    worker: subprocess.Popen[str],
) -> None:
    job, server, decoder = family(worker)
    decoder.send_signal(signal.SIGSTOP)  # so that it is the server who ends it
    eventually(lambda: decoder.status() == psutil.STATUS_STOPPED, what="the decoder stands still")
    os.kill(job, signal.SIGKILL)
    eventually(gone(decoder.pid), what="the end of the decoder")
    assert server.status() != psutil.STATUS_ZOMBIE


def test_the_orphan_of_a_killed_worker_may_finish_and_then_nothing_is_left(
    worker: subprocess.Popen[str], tmp_path: Path
) -> None:
    job, server, decoder = family(worker)
    worker.kill()
    worker.wait()
    before = announced(tmp_path)
    eventually(lambda: announced(tmp_path) > before, what="more pieces for the orphaned job")
    os.kill(job, signal.SIGKILL)
    for each in (decoder, server):
        eventually(gone(each.pid), what="the end of what a worker had started")
