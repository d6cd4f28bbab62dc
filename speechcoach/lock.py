"""One `up` per data folder."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class RunningAlready(RuntimeError):
    """Another process holds the lock; the text names it."""


@contextmanager
def hold(path: Path) -> Iterator[None]:
    """Hold the lock file at `path`, which then says our process id.

    The system frees the lock when we end, in whatever way. Raises `RunningAlready`.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            file.seek(0)
            owner = file.read().strip() or "unknown"
            raise RunningAlready(
                f"Speech Coach is running already on {path.parent} (process {owner})."
            ) from error
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield
