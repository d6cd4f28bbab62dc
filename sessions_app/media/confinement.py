"""What the child takes from itself before it touches the file."""

from __future__ import annotations

import ctypes
import os
import resource
import select
import signal
import sys
import threading
from collections.abc import Callable
from typing import Final

MEMORY_EXIT: Final = 77
"""Exit status for "out of memory", which a decoder may report in many ways."""

_PR_SET_PDEATHSIG: Final = 1
_WATCH_SECONDS: Final = 0.1
_SOUND_BYTES_PER_SECOND: Final = 36_000  # 16 kHz, 16 bit, and FLAC's worst case on top


def confine(memory_mb: int, cpu_seconds: int, max_seconds: int, source_bytes: int) -> None:
    """Limits memory, processor time, written bytes; no core dump; no new descriptor at all. What
    is written is sound of at most `max_seconds`, and a copy of the source.

    Without new descriptors there is no socket and no second file, whatever a decoder is talked
    into. What is open stays open. Irrevocable.
    """
    _bound(resource.RLIMIT_CORE, 0)
    _bound(resource.RLIMIT_CPU, cpu_seconds)
    largest = max(max_seconds * _SOUND_BYTES_PER_SECOND, 2 * source_bytes)
    _bound(resource.RLIMIT_FSIZE, 1_000_000 + largest)
    if sys.platform != "darwin":  # there the limit is refused or ignored; the watch remains
        _bound(resource.RLIMIT_AS, memory_mb * 1024 * 1024)
    _die_with_parent()
    watch = (memory_mb, _resident_bytes())
    threading.Thread(target=_watch, args=watch, daemon=True).start()
    _bound(resource.RLIMIT_NOFILE, 0)


def _bound(kind: int, value: int) -> None:
    _, hard = resource.getrlimit(kind)
    least = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(kind, (least, least))


def _die_with_parent() -> None:
    """On Linux the kernel does it, even while this process is stopped."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _watch(memory_mb: int, resident: Callable[[], int]) -> None:
    """Ends the process when the parent is gone (its end of our stdin closes) or memory is."""
    stdin = sys.stdin.fileno()
    while True:
        gone, _, _ = select.select([stdin], [], [], _WATCH_SECONDS)
        if gone:
            os.kill(os.getpid(), signal.SIGKILL)
        if resident() > memory_mb * 1024 * 1024:
            os._exit(MEMORY_EXIT)


def _resident_bytes() -> Callable[[], int]:
    """How to ask for the memory in use once nothing can be opened any more.

    Linux hands the parent's peak down to a new program, so there the peak says nothing.
    """
    if sys.platform == "darwin":
        return lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    statm = os.open("/proc/self/statm", os.O_RDONLY)  # in pages: total, resident, …
    page = os.sysconf("SC_PAGE_SIZE")
    return lambda: int(os.pread(statm, 200, 0).split()[1]) * page
