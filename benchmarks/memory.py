"""How much memory the job of a run and its decoding child have at most."""

from __future__ import annotations

import re
import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from benchmarks import ours
from benchmarks.installation import workers
from benchmarks.progress import say
from benchmarks.talk import Talk
from sessions_app import doorbell
from tests.simulator import Simulator

LOOK = 0.05  # seconds; the kernel remembers the peak, only a process that ends sooner is missed
JOB, DECODER = "job", "decoder"
DECODERS = ("sessions_app.media.forkserver", "sessions_app.media.child")
_PEAK = re.compile(r"^VmHWM:\s+(\d+) kB$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Peak:
    """Megabytes of resident memory, shared pages included; `None` where the system does not say."""

    talk: str
    minutes: float
    job: float | None
    decoder: float | None


@dataclass(slots=True)
class Peaks:
    """Megabytes by role, as they come in."""

    of: dict[str, float] = field(default_factory=lambda: defaultdict(float))

    def look(self, root: psutil.Process) -> None:
        for process in root.children(recursive=True):
            with suppress(psutil.Error, OSError):
                role = _role(root, process)
                if role is not None:
                    self.of[role] = max(self.of[role], _peak(process))


def memory(talks: list[Talk], simulator: Simulator) -> tuple[Peak, ...]:
    """Of one run each, in which nothing else is measured."""
    found = []
    simulator.know([talk.files for talk in talks])
    with workers(simulator.url, queues=(doorbell.DEFAULT,)) as started:
        for talk in talks:
            with watched(started[doorbell.DEFAULT]) as peaks:
                ours.analysed(talk, simulator, embedded=False)
            found.append(
                Peak(talk.name, talk.seconds / 60, peaks.of.get(JOB), peaks.of.get(DECODER))
            )
            say(f"memory, {talk.name}: {dict(peaks.of)}")
    return tuple(found)


@contextmanager
def watched(pid: int) -> Iterator[Peaks]:
    """Of all that the process `pid` starts meanwhile."""
    peaks, over = Peaks(), threading.Event()

    def watch() -> None:
        root = psutil.Process(pid)
        while not over.wait(LOOK):
            with suppress(psutil.Error):
                peaks.look(root)

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield peaks
    finally:
        over.set()
        watcher.join()


def _role(root: psutil.Process, process: psutil.Process) -> str | None:
    """`None` for the fork server itself."""
    if any(name in process.cmdline() for name in DECODERS):
        return None if process.ppid() == root.pid else DECODER
    return JOB if process.ppid() == root.pid else None


def _peak(process: psutil.Process) -> float:
    found = _PEAK.search(Path(f"/proc/{process.pid}/status").read_text(encoding="ascii"))
    return int(found[1]) / 1024 if found else 0.0
