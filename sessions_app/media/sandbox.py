"""Starts the decoding child, waits for its answer, and makes sure that it is gone afterwards."""

from __future__ import annotations

import os
import selectors
import signal
import tempfile
import time
from collections.abc import Callable
from typing import IO, Final, Protocol

from sessions_app.media.confinement import MEMORY_EXIT
from sessions_app.media.forked import kept_server
from sessions_app.media.launched import LaunchedDecoder
from sessions_app.media.request import DecodeRequest
from sessions_app.stages.problems import InputProblem, Problem

CHECK_SECONDS: Final = 0.25
MAX_ANSWER_BYTES: Final = 4_000_000  # an hour's honest answer has 0.7 MB

_LIMIT_SIGNALS: Final = (signal.SIGKILL, signal.SIGXCPU, signal.SIGXFSZ)
# They come from outside; the child ignores them once it is up.
_OUTSIDE_SIGNALS: Final = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


class DecoderFailed(Exception):
    """The child broke for reasons of our own (a bug, a stopped service); not the file's fault."""


class Decoder(Protocol):
    """A decoding child. `answer_fd` reads to its end when the child is done."""

    answer_fd: int

    def wait(self) -> int | None:
        """Its exit code, negative for a signal; `None` when nobody knows it."""

    def end(self) -> None:
        """It and all it may have started are dead on return."""


def decode(
    request: DecodeRequest,
    deadline_seconds: float,
    check: Callable[[], None],
    announced: Callable[[bytes], None],
    begun: Callable[[], None] | None = None,
) -> bytes:
    """The child's answer, unchecked. `begun` is called when it is at work, `check` at least four
    times a second, `announced` with every line that comes before the answer.

    Raises InputProblem: DECODER_LIMIT, DAMAGED (the decoder crashed). Raises DecoderFailed and
    what is raised by those that are called. The child and all it may have started are dead on
    return.
    """
    with tempfile.TemporaryFile() as complaints:
        decoder = _start(request, complaints)
        try:
            if begun is not None:
                begun()
            answer = _collect(
                decoder.answer_fd, time.monotonic() + deadline_seconds, check, announced
            )
            code = decoder.wait()
        finally:
            decoder.end()
        if code != 0:
            check()  # whatever ended the child may be ending us: that comes first
            raise _outcome(code, complaints)
        return answer


def _start(request: DecodeRequest, complaints: IO[bytes]) -> Decoder:
    """A fork of a program that knows as little as a new one, where there is such a program."""
    server = kept_server()
    forked = server and server.decoder(request, complaints)
    return forked or LaunchedDecoder(request, complaints)


def _collect(
    answer_fd: int, deadline: float, check: Callable[[], None], announced: Callable[[bytes], None]
) -> bytes:
    """What follows the last line break."""
    held, total = b"", 0
    with selectors.DefaultSelector() as selector:
        selector.register(answer_fd, selectors.EVENT_READ)
        while True:
            ready = selector.select(CHECK_SECONDS)
            check()
            if time.monotonic() > deadline:
                raise InputProblem(Problem.DECODER_LIMIT, "deadline")
            if not ready:
                continue
            received = os.read(answer_fd, 65_536)
            if not received:
                return held
            total += len(received)
            if total > MAX_ANSWER_BYTES:
                raise InputProblem(Problem.DECODER_LIMIT, "answer too long")
            *lines, held = (held + received).split(b"\n")
            for line in lines:
                announced(line)


def _outcome(code: int | None, complaints: IO[bytes]) -> Exception:
    if code is None:
        return DecoderFailed("fork server gone")
    if code == MEMORY_EXIT:
        return InputProblem(Problem.DECODER_LIMIT, "memory")
    if -code in _OUTSIDE_SIGNALS:
        return DecoderFailed(f"signal {-code}")
    if code < 0:
        limit = -code in _LIMIT_SIGNALS
        return InputProblem(Problem.DECODER_LIMIT if limit else Problem.DAMAGED, f"signal {-code}")
    complaints.seek(0)
    return DecoderFailed(complaints.read(64_000)[-1_000:].decode(errors="replace"))
