"""A process that aligns, as whoever asks it sees it."""

from __future__ import annotations

import subprocess
from contextlib import suppress
from pathlib import Path

from sessions_app.media.launched import ENVIRONMENT, command
from sessions_app.recognition.alignment import Alignment
from sessions_app.recognition.orders import Order, load_answer


class AlignerGone(Exception):
    """It died, or could not be started."""


class LaunchedAligner:
    """Takes orders while it is still starting. Raises `AlignerGone`.

    Nothing of our memory or environment is in it but the samples.
    """

    def __init__(self, samples_fd: int, folder: Path) -> None:
        try:
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
                command("sessions_app.recognition.child", str(samples_fd), str(folder)),
                stdin=subprocess.PIPE,  # closes when we die
                stdout=subprocess.PIPE,
                pass_fds=(samples_fd,),
                env=ENVIRONMENT,
                start_new_session=True,
            )
        except OSError as error:
            raise AlignerGone(str(error)) from error

    @property
    def pid(self) -> int:
        return self._process.pid

    def align(self, order: Order) -> Alignment:
        """Not for two threads at once. Raises `AlignerGone`, also when another one ends it."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        try:
            self._process.stdin.write(order.dump())
            self._process.stdin.flush()
            return load_answer(self._process.stdout.readline())
        except (OSError, ValueError) as error:
            raise AlignerGone(f"code {self._process.poll()}") from error

    def end(self) -> None:
        """Dead on return, whatever it is doing."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            assert pipe is not None
            with suppress(BrokenPipeError):  # an order that it no longer took
                pipe.close()
