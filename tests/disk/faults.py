"""What becomes of a disk."""

from __future__ import annotations

import errno
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from django.conf import settings

from tests.disk.ground import DISK, remount

FILLER: Final = "filler"
MEGABYTE: Final = 2**20
MEDIA: Final = Path(settings.MEDIA_ROOT)


@dataclass(frozen=True, slots=True)
class Fault:
    name: str
    strike: Callable[[], None]
    lift: Callable[[], None]


def _fill(folder: Path) -> None:
    """To the last byte."""
    with (folder / FILLER).open("wb", buffering=0) as file:
        for size in (MEGABYTE, 1):
            try:
                while file.write(b"\0" * size):
                    pass
            except OSError as error:
                if error.errno != errno.ENOSPC:
                    raise


def _empty(folder: Path) -> None:
    (folder / FILLER).unlink()


FAULTS: Final = (
    Fault("Disk of recordings full", partial(_fill, MEDIA), partial(_empty, MEDIA)),
    Fault(
        "Recordings can only be read", partial(remount, MEDIA, "ro"), partial(remount, MEDIA, "rw")
    ),
    Fault("The whole disk full", partial(_fill, DISK), partial(_empty, DISK)),
)
