"""Starts the decoding child, waits for its answer, and makes sure that it is gone afterwards."""

from __future__ import annotations

import os
import selectors
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO, Final

from sessions_app.media.confinement import MEMORY_EXIT
from sessions_app.media.request import DecodeRequest
from sessions_app.stages.problems import InputProblem, Problem

CHECK_SECONDS: Final = 0.25
MAX_ANSWER_BYTES: Final = 4_000_000  # an hour's honest answer has 0.7 MB

_ROOT: Final = Path(__file__).resolve().parents[2]
_LIMIT_SIGNALS: Final = (signal.SIGKILL, signal.SIGXCPU, signal.SIGXFSZ)
# They come from outside; the child ignores them once it is up.
_OUTSIDE_SIGNALS: Final = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


class DecoderFailed(Exception):
    """The child broke for reasons of our own (a bug, a stopped service); not the file's fault."""


def decode(request: DecodeRequest, deadline_seconds: float, check: Callable[[], None]) -> bytes:
    """The child's answer, unchecked. `check` is called at least four times a second.

    Raises InputProblem: DECODER_LIMIT, DAMAGED (the decoder crashed). Raises DecoderFailed and
    whatever `check` raises. The child and all it may have started are dead on return.
    """
    with tempfile.TemporaryFile() as complaints:
        process = _start(request, complaints)
        try:
            answer = _collect(process, time.monotonic() + deadline_seconds, check)
            process.wait()
        finally:
            _end(process)
        if process.returncode:
            check()  # whatever ended the child may be ending us: that comes first
            raise _outcome(process.returncode, complaints)
        return answer


def _start(request: DecodeRequest, complaints: IO[bytes]) -> subprocess.Popen[bytes]:
    """A new program, not a fork: nothing of the worker's memory or environment is in it."""
    return subprocess.Popen(  # noqa: S603 - our own interpreter and module
        [sys.executable, "-P", "-s", "-m", "sessions_app.media.child", request.as_argument()],
        stdin=subprocess.PIPE,  # never written to: it closes when we die
        stdout=subprocess.PIPE,
        stderr=complaints,
        pass_fds=(request.source_fd, request.sound_fd),
        env={
            "PYTHONPATH": str(_ROOT),
            "LANG": "C.UTF-8",
            "OPENBLAS_NUM_THREADS": "1",
            "MALLOC_ARENA_MAX": "1",  # arenas reserve 64 MB of address space each
        },
        start_new_session=True,
    )


def _collect(process: subprocess.Popen[bytes], deadline: float, check: Callable[[], None]) -> bytes:
    assert process.stdout is not None
    answer = bytearray()
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        while True:
            ready = selector.select(CHECK_SECONDS)
            check()
            if time.monotonic() > deadline:
                raise InputProblem(Problem.DECODER_LIMIT, "deadline")
            if ready:
                piece = os.read(process.stdout.fileno(), 65_536)
                if not piece:
                    return bytes(answer)
                answer += piece
            if len(answer) > MAX_ANSWER_BYTES:
                raise InputProblem(Problem.DECODER_LIMIT, "answer too long")


def _end(process: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError):  # reaped, and nothing else in its group
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            pipe.close()


def _outcome(code: int, complaints: IO[bytes]) -> Exception:
    if code == MEMORY_EXIT:
        return InputProblem(Problem.DECODER_LIMIT, "memory")
    if -code in _OUTSIDE_SIGNALS:
        return DecoderFailed(f"signal {-code}")
    if code < 0:
        limit = -code in _LIMIT_SIGNALS
        return InputProblem(Problem.DECODER_LIMIT if limit else Problem.DAMAGED, f"signal {-code}")
    complaints.seek(0)
    return DecoderFailed(complaints.read(64_000)[-1_000:].decode(errors="replace"))
