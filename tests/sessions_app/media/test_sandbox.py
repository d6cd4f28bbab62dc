from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import pytest

from sessions_app.media import forked
from sessions_app.media.answer import read_answer
from sessions_app.media.request import DecodeRequest
from sessions_app.media.sandbox import DecoderFailed, decode
from sessions_app.stages.problems import InputProblem, Problem
from tests import media_files
from tests.deadline import eventually

DAY = 24 * 3600


@contextmanager
def request_for(
    path: Path, target: Path, *, memory_mb: int = 512, cpu_seconds: int = 60
) -> Iterator[DecodeRequest]:
    source = os.open(path, os.O_RDONLY)
    sound = os.open(target, os.O_RDWR | os.O_CREAT)
    try:
        with tempfile.TemporaryFile() as copy, tempfile.TemporaryFile() as samples:
            written = sound, copy.fileno(), samples.fileno()
            yield DecodeRequest(source, *written, DAY, 1000, memory_mb, cpu_seconds)
    finally:
        os.close(source)
        os.close(sound)


def heed_not(line: bytes) -> None:
    """What is announced on the way is of no interest."""


def at_work(request: DecodeRequest) -> bool:
    """The decoder is up, confined, and at the beginning of what it has to decode."""
    return os.fstat(request.samples_fd).st_size > 0


@pytest.fixture(scope="module")
def endless(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four hours of sound: more seconds of decoding than any test waits for."""
    return media_files.constant_flac(tmp_path_factory.mktemp("endless") / "t.flac", 4 * 3600)


@pytest.fixture(autouse=True, params=["launched", "forked"])
def way(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Every promise holds for new programs and for forks of a fork server that is up."""
    if request.param == "forked":
        forked.keep_server()
        with (
            request_for(Path(os.devnull), tmp_path / "nothing") as nothing,
            pytest.raises(InputProblem),
        ):
            read_answer(decode(nothing, 60, lambda: None, heed_not), 0)
    yield request.param
    forked.give_up_server()


def children(pid: int) -> list[int]:
    """Process ids of the direct children of `pid`."""
    listed = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False
    )
    return [int(line) for line in listed.stdout.split()]


def decoders() -> list[int]:
    return decoders_of(os.getpid())


def decoders_of(pid: int) -> list[int]:
    """Its own, and those that its fork server has forked."""
    servers = [child for child in children(pid) if "media.forkserver" in command(child)]
    launched = [child for child in children(pid) if "media.child" in command(child)]
    return launched + [child for server in servers for child in children(server)]


def command(pid: int) -> str:
    listed = subprocess.run(
        ["ps", "-o", "args=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return listed.stdout


def test_answers_with_json(tmp_path: Path) -> None:
    path = media_files.write(tmp_path / "t.wav", media_files.talk())
    with request_for(path, tmp_path / "out.flac") as request:
        answer = json.loads(decode(request, 60, lambda: None, heed_not))
    assert answer["recording"]["duration_ms"] == 6000


def test_says_when_the_decoder_is_at_work(endless: Path, tmp_path: Path) -> None:
    class AtWork(Exception):
        pass

    def begun() -> None:
        eventually(lambda: len(decoders()) == 1, what="one decoder")
        raise AtWork

    with request_for(endless, tmp_path / "out.flac") as request, pytest.raises(AtWork):
        decode(request, 60, lambda: None, heed_not, begun)
    assert decoders() == []


def test_the_deadline_ends_it(endless: Path, tmp_path: Path) -> None:
    with (
        request_for(endless, tmp_path / "out.flac") as request,
        pytest.raises(InputProblem) as caught,
    ):
        decode(request, 0.5, lambda: None, heed_not)
    assert caught.value.problem is Problem.DECODER_LIMIT
    assert decoders() == []


def test_processor_time_ends_it(endless: Path, tmp_path: Path) -> None:
    with (
        request_for(endless, tmp_path / "out.flac", cpu_seconds=1) as request,
        pytest.raises(InputProblem) as caught,
    ):
        decode(request, 60, lambda: None, heed_not)
    assert caught.value.problem is Problem.DECODER_LIMIT
    assert caught.value.detail in (f"signal {signal.SIGXCPU}", f"signal {signal.SIGKILL}")


def test_check_ends_it(endless: Path, tmp_path: Path) -> None:
    class Stop(Exception):
        pass

    seen: list[list[int]] = []

    def stop_at_the_third() -> None:
        found = decoders()
        if found or seen:  # a fork server may not have come to it yet
            seen.append(found)
        if len(seen) == 3:
            raise Stop

    with request_for(endless, tmp_path / "out.flac") as request, pytest.raises(Stop):
        decode(request, 60, stop_at_the_third, heed_not)
    assert [len(pids) for pids in seen] == [1, 1, 1]
    assert decoders() == []


@pytest.mark.parametrize(
    ("sent", "problem"),
    [(signal.SIGKILL, Problem.DECODER_LIMIT), (signal.SIGSEGV, Problem.DAMAGED)],
)
def test_a_decoder_that_dies_is_a_refusal(
    sent: signal.Signals, problem: Problem, endless: Path, tmp_path: Path
) -> None:
    def shoot() -> None:
        for pid in decoders():
            with suppress(ProcessLookupError):  # buried since it was listed
                os.kill(pid, sent)

    with (
        request_for(endless, tmp_path / "out.flac") as request,
        pytest.raises(InputProblem) as caught,
    ):
        decode(request, 60, shoot, heed_not)
    assert caught.value.problem is problem


ENDINGS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


def test_goes_on_when_the_service_is_told_to_stop(endless: Path, tmp_path: Path) -> None:
    """Every process of a service gets the signal; when to end is the parent's decision."""

    class StillThere(Exception):
        pass

    sent: list[int] = []

    def stop_the_service() -> None:
        if not at_work(request):
            return
        (child,) = decoders()
        if len(sent) == 3:
            raise StillThere
        for ending in ENDINGS:
            os.kill(child, ending)
        sent.append(child)

    with request_for(endless, tmp_path / "out.flac") as request, pytest.raises(StillThere):
        decode(request, 60, stop_the_service, heed_not)


@pytest.fixture
def killed_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A child that is ended from outside before it can ignore it; where it leaves its number.

    It can happen to new programs only: a fork is born ignoring it.
    """
    forked.give_up_server()
    program, number = tmp_path / "python", tmp_path / "number"
    program.write_text(f"#!/bin/sh\necho $$ > {number}\nkill -TERM $$\n")
    program.chmod(0o700)
    monkeypatch.setattr(sys, "executable", str(program))
    return number


def test_a_signal_from_outside_is_not_blamed_on_the_file(
    killed_at_once: Path, tmp_path: Path
) -> None:
    path = media_files.write(tmp_path / "t.wav", media_files.talk())
    with (
        request_for(path, tmp_path / "out.flac") as request,
        pytest.raises(DecoderFailed, match="signal 15"),
    ):
        decode(request, 60, lambda: None, heed_not)


def test_the_reason_to_stop_goes_before_the_childs_death(
    killed_at_once: Path, tmp_path: Path
) -> None:
    class Stop(Exception):
        pass

    def stop_when_it_is_buried() -> None:
        if killed_at_once.exists() and (number := killed_at_once.read_text()):
            try:
                os.kill(int(number), 0)
            except ProcessLookupError as gone:
                raise Stop from gone

    path = media_files.write(tmp_path / "t.wav", media_files.talk())
    with request_for(path, tmp_path / "out.flac") as request, pytest.raises(Stop):
        decode(request, 60, stop_when_it_is_buried, heed_not)


def test_our_own_mistakes_are_not_blamed_on_the_file(tmp_path: Path) -> None:
    path = media_files.write(tmp_path / "t.wav", media_files.talk())
    with request_for(path, tmp_path / "out.flac") as request:
        read_only = os.open(tmp_path / "out.flac", os.O_RDONLY)
        try:
            broken = replace(request, sound_fd=read_only)
            with pytest.raises(DecoderFailed, match="Bad file descriptor"):
                decode(broken, 60, lambda: None, heed_not)
        finally:
            os.close(read_only)


def test_knows_nothing_of_our_environment(
    endless: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    monkeypatch.setenv("SECRET_KEY", "planted-value")
    if way == "forked":  # one that is started where there is a secret
        forked.give_up_server()
        forked.keep_server()

    class Seen(Exception):
        pass

    def look() -> None:
        for pid in decoders():
            listed = subprocess.run(
                ["ps", "eww", "-p", str(pid)], capture_output=True, text=True, check=False
            ).stdout
            if "OPENBLAS_NUM_THREADS=1" in listed:
                raise Seen(listed)

    with request_for(endless, tmp_path / "out.flac") as request, pytest.raises(Seen) as caught:
        decode(request, 60, look, heed_not)
    assert "planted-value" not in str(caught.value)
    assert str(endless) not in str(caught.value)


PARENT = """
import sys
from pathlib import Path
from sessions_app.media.forked import keep_server
if sys.argv[3] == "forked":
    keep_server()
from tests.sessions_app.media.test_sandbox import request_for
from sessions_app.media.sandbox import decode
with request_for(Path(sys.argv[1]), Path(sys.argv[2]), cpu_seconds=600) as request:
    decode(request, 600, lambda: None, lambda line: None)
"""


def test_does_not_outlive_a_killed_parent(endless: Path, tmp_path: Path, way: str) -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, str(endless), str(tmp_path / "out.flac"), way],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "speechcoach.settings"},
    )
    try:
        eventually(lambda: decoders_of(parent.pid), seconds=90, what="a decoding child")
        left = [*decoders_of(parent.pid), *children(parent.pid)]
        eventually((tmp_path / "out.flac").stat, what="the file")
        # Written when all four hours are decoded
        eventually(lambda: (tmp_path / "out.flac").stat().st_size > 0, seconds=180, what="sound")
    finally:
        parent.kill()
        parent.wait()
    for pid in left:
        eventually(gone(pid), seconds=5, what="the end of the orphan")


def gone(pid: int) -> Callable[[], bool]:
    return lambda: "sessions_app.media" not in command(pid)
