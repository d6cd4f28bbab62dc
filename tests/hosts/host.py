"""A host: all programs of Speech Coach in a folder of their own, to be killed as a whole."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

from tests.acceptance import system
from tests.acceptance.system import System


@dataclass(frozen=True, slots=True)
class Host:
    """`folder` has its data, its temporary files and its log; nobody else writes there."""

    name: str
    folder: Path
    system: System

    def processes(self) -> list[psutil.Process]:
        """`up` and all that it has started, forked jobs and fork servers included."""
        try:
            up = psutil.Process(self.system.up.pid)
            return [up, *up.children(recursive=True)]
        except psutil.NoSuchProcess:
            return []

    def holds(self, worker: str) -> bool:
        """`worker` as a run names it: `host:pid`."""
        pid = int(worker.rpartition(":")[2] or 0)
        return pid in {process.pid for process in self.processes()}

    def freeze(self) -> None:
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self._signal(signal.SIGCONT)

    def kill(self) -> None:
        """At once, as when the power goes: frozen before, none of them sees another one die."""
        self._signal(signal.SIGKILL)
        self.system.up.wait()

    def _signal(self, number: signal.Signals) -> None:
        for process in self.processes():
            with suppress(psutil.NoSuchProcess):
                process.send_signal(number)

    def recordings(self) -> list[Path]:
        """On its own disk, where there are to be none."""
        return [path for path in (self.folder / "data" / "media").rglob("*") if path.is_file()]

    def left_at_work(self) -> list[Path]:
        """Folders of runs, of which a host at rest has none."""
        return list((self.folder / "tmp").glob("speechcoach-work-*"))


@contextmanager
def running(
    name: str, root: Path, shared: Mapping[str, str], pace: Mapping[str, str]
) -> Iterator[Host]:
    """`shared`: settings that lead to what hosts have in common, and to nothing else."""
    folder = root / name
    for part in ("data", "tmp"):
        (folder / part).mkdir(parents=True)
    own = {"DATA_DIR": str(folder / "data"), "TMPDIR": str(folder / "tmp")}
    host = Host(name, folder, system.start({**os.environ, **shared, **own}, folder, pace))
    try:
        yield host
    finally:
        host.system.stop()
