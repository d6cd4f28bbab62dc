"""Where a run keeps its files while it is worked on, on this machine.

Whoever works holds a lock on the folder, which goes with the process however it ends. So a folder
without one was left by somebody killed, and goes when the next run begins.
"""

from __future__ import annotations

import fcntl
import logging
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

logger = logging.getLogger(__name__)

PREFIX: Final = "speechcoach-work-"
YOUNG_SECONDS: Final = 60.0  # made just now, and perhaps not locked yet


@contextmanager
def working_folder() -> Iterator[Path]:
    """A new one, which goes with all that is in it."""
    _remove_abandoned(Path(tempfile.gettempdir()))
    with tempfile.TemporaryDirectory(prefix=PREFIX) as name, _opened(Path(name)) as descriptor:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield Path(name)


def _remove_abandoned(parent: Path) -> None:
    for folder in parent.glob(f"{PREFIX}*"):
        with suppress(OSError):  # somebody else's, or gone: another one removes them too
            if _is_abandoned(folder):
                shutil.rmtree(folder)
                logger.info("%s removed: whoever worked there was killed", folder.name)


def _is_abandoned(folder: Path) -> bool:
    """Raises `OSError`."""
    if folder.is_symlink() or time.time() - folder.stat().st_mtime < YOUNG_SECONDS:
        return False
    with _opened(folder) as descriptor:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True


@contextmanager
def _opened(folder: Path) -> Iterator[int]:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        yield descriptor
    finally:
        os.close(descriptor)
