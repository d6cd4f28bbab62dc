"""A whole Speech Coach as `manage.py up` runs it, on the database of the test."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil
from django.conf import settings

from tests.deadline import eventually
from tests.ports import free_port

LEASE_SECONDS = 10  # as long as a busy machine may keep a heartbeat waiting
FAST = {
    "LEASE_SECONDS": str(LEASE_SECONDS),
    "HEARTBEAT_SECONDS": "1",
    "RING_SECONDS": "1",
    "LOG_LEVEL": "INFO",
}

FORK_SERVER = "sessions_app.media.forkserver"


@dataclass
class System:
    """A running `up`; its output goes to `log`."""

    up: subprocess.Popen[bytes]
    port: int
    log: Path

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def workers(self) -> list[psutil.Process]:
        """The worker parents, one per queue."""
        return self.find("rqworker")

    def jobs(self) -> list[psutil.Process]:
        """What the workers have forked; fork servers are programs of their own."""
        return list(self._forked())

    def _forked(self) -> Iterator[psutil.Process]:
        for worker in self.workers():
            for child in worker.children():
                with suppress(psutil.NoSuchProcess):
                    if FORK_SERVER not in child.cmdline():
                        yield child

    def scheduler(self) -> psutil.Process:
        (scheduler,) = self.find("scheduler")
        return scheduler

    def is_ready(self) -> bool:
        assert self.up.poll() is None, self.log.read_text()
        return "Speech Coach runs at" in self.log.read_text()

    def stop(self) -> list[psutil.Process]:
        """Ctrl-C; returns what is still alive afterwards."""
        if self.up.poll() is not None:
            return []
        processes = psutil.Process(self.up.pid).children(recursive=True)
        self.up.send_signal(signal.SIGINT)
        self.up.wait(timeout=120)
        return [process for process in processes if process.is_running()]

    def find(self, argument: str) -> list[psutil.Process]:
        """Of the programs that `up` runs, those with this in their command."""
        return list(self._found(argument))

    def _found(self, argument: str) -> Iterator[psutil.Process]:
        for child in psutil.Process(self.up.pid).children():
            with suppress(psutil.NoSuchProcess):  # killed, or a zombie of what was
                if argument in child.cmdline():
                    yield child


def start(environment: Mapping[str, str], folder: Path, pace: Mapping[str, str] = FAST) -> System:
    """Start `up` in `folder` and wait until its pages answer. `pace`: settings that say how quick
    it is.
    """
    port = free_port()
    log = folder / "up.log"
    with log.open("wb") as output:
        up = subprocess.Popen(
            [sys.executable, str(settings.BASE_DIR / "manage.py"), "up"],
            env={**os.environ, **environment, **pace, "WEB_PORT": str(port)},
            cwd=folder,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    system = System(up, port, log)
    eventually(system.is_ready, seconds=240, what="up answers")
    return system
