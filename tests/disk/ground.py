"""A small disk for all that this process and its Speech Coach keep, and another for recordings.

To be imported before anything that has models, by programs only: it changes this process. It
mounts, which only root may do, and only on Linux.
"""

from __future__ import annotations

import atexit
import os
import subprocess
import tempfile
from pathlib import Path
from typing import Final

MEGABYTES: Final = 300
DISK: Final = Path(tempfile.mkdtemp(prefix="speechcoach-disk-"))


def mount(place: Path, megabytes: int) -> None:
    """An empty disk in memory at `place`, until this process ends."""
    _run("mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(place))
    atexit.register(_run, "umount", "--lazy", str(place))


def remount(place: Path, how: str) -> None:
    """`how` is "ro" or "rw"."""
    _run("mount", "-o", f"remount,{how}", str(place))


def _run(*command: str) -> None:
    subprocess.run(command, check=True)


atexit.register(DISK.rmdir)  # when it is no disk any more
mount(DISK, MEGABYTES)
os.environ["TMPDIR"] = tempfile.tempdir = str(DISK)

import tests.chaos.ground  # noqa: E402, F401 - its folder is on the disk now
