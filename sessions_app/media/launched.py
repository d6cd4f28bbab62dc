"""A decoding child as a new program: where no fork server is at hand."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import IO, Final

from sessions_app.media.request import DecodeRequest

_ROOT: Final = Path(__file__).resolve().parents[2]

ENVIRONMENT: Final = {
    "PYTHONPATH": str(_ROOT),
    "LANG": "C.UTF-8",
    "OPENBLAS_NUM_THREADS": "1",
    "MALLOC_ARENA_MAX": "1",  # arenas reserve 64 MB of address space each
}


def command(module: str, *arguments: str) -> list[str]:
    return [sys.executable, "-P", "-s", "-m", module, *arguments]


class LaunchedDecoder:
    """Nothing of our memory or environment is in it."""

    def __init__(self, request: DecodeRequest, complaints: IO[bytes]) -> None:
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            command("sessions_app.media.child", request.as_argument()),
            stdin=subprocess.PIPE,  # never written to: it closes when we die
            stdout=subprocess.PIPE,
            stderr=complaints,
            pass_fds=(request.source_fd, request.sound_fd, request.copy_fd, request.samples_fd),
            env=ENVIRONMENT,
            start_new_session=True,
        )
        assert self._process.stdout is not None
        self.answer_fd = self._process.stdout.fileno()

    def wait(self) -> int:
        return self._process.wait()

    def end(self) -> None:
        with suppress(ProcessLookupError):  # reaped, and nothing else in its group
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
