"""Forks decoding children that need import nothing: `python -m sessions_app.media.forkserver FD`.

A program of its own, so that nothing of a worker's memory or environment is in it or its children.
It reads no recording itself, works on one order after the other, and ends when nobody holds the
other end of its socket any more.
"""

from __future__ import annotations

import fcntl
import os
import select
import signal
import socket
import sys
from contextlib import suppress
from dataclasses import dataclass, replace
from types import FrameType
from typing import Final

from sessions_app.media import child
from sessions_app.media.request import DecodeRequest

LONGEST_ORDER: Final = 4096  # bytes; an honest one has 150
DESCRIPTORS: Final = 7


@dataclass(frozen=True, slots=True)
class Order:
    """Closing the other end of `control` ends the child; the exit code is written to it."""

    request: DecodeRequest
    control: int
    answer: int
    complaints: int

    @property
    def descriptors(self) -> tuple[int, ...]:
        """In the order in which they are sent, and in which the child will have them from 0."""
        asked = self.request
        files = asked.source_fd, asked.sound_fd, asked.copy_fd, asked.samples_fd
        return self.control, self.answer, self.complaints, *files


def main(descriptor: int) -> None:
    for ending in child.ENDINGS:  # those who ask decide, and we end with them
        signal.signal(ending, signal.SIG_IGN)
    woken = _wake_on_death()
    with socket.socket(fileno=descriptor) as orders:
        mine = _serve(orders, woken)
    if mine is not None:
        _become_child(mine)


def _serve(orders: socket.socket, woken: int) -> Order | None:
    """In every forked child its order; in the server `None`, at the end."""
    while (order := _next(orders)) is not None:
        pid = os.fork()
        if pid == 0:
            return order
        for descriptor in order.descriptors[1:]:
            os.close(descriptor)
        with socket.socket(fileno=order.control) as control:
            _tend(pid, control, woken)
    return None


def _next(orders: socket.socket) -> Order | None:
    data, descriptors, _, _ = socket.recv_fds(orders, LONGEST_ORDER, DESCRIPTORS)
    if not data:
        return None
    control, answer, complaints, source, sound, copy, bare = descriptors
    request = DecodeRequest.from_argument(data.decode())
    request = replace(request, source_fd=source, sound_fd=sound, copy_fd=copy, samples_fd=bare)
    return Order(request, control, answer, complaints)


def _tend(pid: int, control: socket.socket, woken: int) -> None:
    """Until the child is dead, by itself or because nobody waits for it any more."""
    with suppress(OSError):  # it does so itself; whoever comes first, it can be killed as a group
        os.setpgid(pid, pid)
    while True:
        ended, status = os.waitpid(pid, os.WNOHANG)
        if ended:
            break
        ready, _, _ = select.select([control.fileno(), woken], [], [])
        if woken in ready:
            os.read(woken, 64)
        if control.fileno() in ready:
            _kill(pid)
            _, status = os.waitpid(pid, 0)
            break
    _kill(pid)  # what it may have started
    with suppress(OSError):  # nobody waits for it
        control.send(str(os.waitstatus_to_exitcode(status)).encode())


def _kill(group: int) -> None:
    with suppress(ProcessLookupError, PermissionError):  # macOS: only a dead one is left in it
        os.killpg(group, signal.SIGKILL)


def _wake_on_death() -> int:
    """Readable when a child has died."""
    woken, wake = os.pipe()
    os.set_blocking(wake, False)
    signal.set_wakeup_fd(wake)
    signal.signal(signal.SIGCHLD, _noted)
    return woken


def _noted(number: int, frame: FrameType | None) -> None:
    """The wake-up has told it; without a handler there would be none."""


def _become_child(order: Order) -> None:
    """As if just started for this order: its descriptors from 0 to 6, and no other."""
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    with suppress(PermissionError):
        os.setpgid(0, 0)
    aside = [fcntl.fcntl(each, fcntl.F_DUPFD, 2 * DESCRIPTORS) for each in order.descriptors]
    for place, descriptor in enumerate(aside):
        os.dup2(descriptor, place)
    os.closerange(DESCRIPTORS, os.sysconf("SC_OPEN_MAX"))
    mine = replace(order.request, source_fd=3, sound_fd=4, copy_fd=5, samples_fd=6)
    child.main(mine.as_argument())
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main(int(sys.argv[1]))
