"""A decoding child forked by the worker's fork server, and the server as its worker sees it."""

from __future__ import annotations

import os
import select
import socket
import subprocess
from contextlib import suppress
from typing import IO, Final

from sessions_app.media.launched import ENVIRONMENT, command
from sessions_app.media.request import DecodeRequest

ENDING_SECONDS: Final = 10.0  # for a killed process to be gone, on a machine with much to do


class ForkServer:
    """Used by the process that starts it and by all it forks; ends when the last of them has."""

    def __init__(self) -> None:
        self._orders, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
                command("sessions_app.media.forkserver", str(theirs.fileno())),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                pass_fds=(theirs.fileno(),),
                env=ENVIRONMENT,
                start_new_session=True,
            )

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def is_running(self) -> bool:
        """For the process that started it."""
        return self._process.poll() is None

    def decoder(self, request: DecodeRequest, complaints: IO[bytes]) -> ForkedDecoder | None:
        """`None` when the server is gone."""
        try:
            return ForkedDecoder(self._orders, request, complaints)
        except ConnectionError:
            return None

    def close(self) -> None:
        """By the process that started it, when nobody else has it any more."""
        self._orders.close()
        self._process.wait()


class ForkedDecoder:
    """Raises `ConnectionError` when the server is gone."""

    def __init__(
        self, orders: socket.socket, request: DecodeRequest, complaints: IO[bytes]
    ) -> None:
        self._control, control = socket.socketpair()
        self.answer_fd, answer = os.pipe()
        sent = (
            control.fileno(),
            answer,
            complaints.fileno(),
            request.source_fd,
            request.sound_fd,
            request.copy_fd,
            request.samples_fd,
        )
        try:
            socket.send_fds(orders, [request.as_argument().encode()], sent)
        except ConnectionError:
            self._close()
            raise
        finally:
            control.close()
            os.close(answer)

    def wait(self) -> int | None:
        """`None` when its server died, which was not for the file."""
        ready, _, _ = select.select([self._control], [], [], ENDING_SECONDS)
        code = self._control.recv(16) if ready else b""
        return int(code) if code else None

    def end(self) -> None:
        """Its server kills it; where there is none any more, it does so itself."""
        with suppress(OSError):
            self._control.shutdown(socket.SHUT_WR)
        while select.select([self._control], [], [], ENDING_SECONDS)[0] and self._more():
            pass
        self._close()

    def _more(self) -> bytes:
        with suppress(ConnectionError):
            return self._control.recv(16)
        return b""

    def _close(self) -> None:
        self._control.close()
        os.close(self.answer_fd)


class _Kept:
    server: ForkServer | None = None


def keep_server() -> ForkServer:
    """Started, or started again when it has died; for this process and those forked later."""
    if _Kept.server is None or not _Kept.server.is_running:
        _Kept.server = ForkServer()
    return _Kept.server


def kept_server() -> ForkServer | None:
    return _Kept.server


def give_up_server() -> None:
    """By the process that started it."""
    if _Kept.server is not None:
        _Kept.server.close()
        _Kept.server = None
