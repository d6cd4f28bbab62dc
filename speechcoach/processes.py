"""Starting programs so that all they start can be found, and ended, later.

Every program is the leader of a session of its own, so that Ctrl-C in a terminal reaches only
`up`, and carries a mark in its environment that whatever it starts inherits. Forked jobs leave
their parent's process group; the mark still finds them.
"""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field

import psutil

MARK = "SPEECHCOACH_UP"
LOOK_SECONDS = 0.05


@dataclass(frozen=True, slots=True)
class Program:
    """What to start. `grace_seconds` is how long it may take to end when asked to."""

    name: str
    command: tuple[str, ...]
    grace_seconds: float = 5.0
    environment: dict[str, str] = field(default_factory=dict)


def start(program: Program, mark: str) -> subprocess.Popen[bytes]:
    """Start `program` in its own session, carrying `mark`."""
    return subprocess.Popen(  # noqa: S603
        program.command,
        env={**os.environ, **program.environment, MARK: mark},
        stdin=subprocess.DEVNULL,
        start_new_session=True,
    )


def ask_to_end(process: subprocess.Popen[bytes]) -> None:
    """SIGTERM to the program alone: it ends its own children in good order."""
    with suppress(ProcessLookupError):
        process.terminate()


def wait_or_kill(process: subprocess.Popen[bytes], seconds: float) -> None:
    """Wait for the program to end, then kill what is left of its process group."""
    with suppress(subprocess.TimeoutExpired):
        process.wait(timeout=seconds)
    kill_group(process)


def kill_group(process: subprocess.Popen[bytes]) -> None:
    """SIGKILL to the program and to those of its children that share its process group."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def marked(mark: str) -> list[psutil.Process]:
    """Every living process that carries `mark`, wherever it moved to."""
    return [process for process in _own_processes() if _mark_of(process) == mark]


def end_marked(mark: str, seconds: float) -> None:
    """Ask all that carry `mark` to end; kill those that are still there after `seconds`."""
    deadline = time.monotonic() + seconds
    _signal(marked(mark), signal.SIGTERM)
    while (left := marked(mark)) and time.monotonic() < deadline:
        time.sleep(LOOK_SECONDS)
    while left:  # more than once, for what was started meanwhile
        _signal(left, signal.SIGKILL)
        time.sleep(LOOK_SECONDS)
        left = marked(mark)


def _signal(targets: list[psutil.Process], number: signal.Signals) -> None:
    for process in targets:
        with suppress(psutil.NoSuchProcess):
            process.send_signal(number)


def _own_processes() -> Iterator[psutil.Process]:
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            if process.uids().real == os.getuid() and process.pid != os.getpid():
                yield process


def _mark_of(process: psutil.Process) -> str | None:
    with suppress(psutil.Error):
        if process.status() != psutil.STATUS_ZOMBIE:
            mark: str | None = process.environ().get(MARK)
            return mark
    return None
