"""Recordings on their way in, a file each: its size says how much has arrived.

Whatever ends a connection or a process in the middle, what was written counts, and there is nothing
else that would have to agree with it.
"""

from __future__ import annotations

import fcntl
import logging
import math
import os
import shutil
from collections.abc import Iterable
from datetime import datetime
from io import FileIO
from pathlib import Path
from typing import Final
from uuid import UUID, uuid4

from django.conf import settings
from django.core.files import File

from sessions_app import files

logger = logging.getLogger(__name__)
_KEY: Final = "????????-????-????-????-????????????"


class OffsetMoved(Exception):
    """The file does not end where the piece begins: somebody else has written to it."""


class UploadGone(Exception):
    """There is no such upload any more: removed, or made into a talk."""


def path_of(upload: UUID) -> Path:
    return Path(settings.PARTIAL_UPLOADS_DIR) / str(upload)


def create(upload: UUID) -> None:
    """Raises `StageProblem` when the disk takes no more."""
    with files.storage_problems():
        path_of(upload).touch(mode=0o600, exist_ok=False)


def offset(upload: UUID) -> int | None:
    """How many bytes have arrived; `None` where there is no file."""
    try:
        return path_of(upload).stat().st_size
    except FileNotFoundError:
        return None


def stored_before(moment: datetime) -> list[UUID]:
    """Keys of uploads that have a file, nothing written to it since then."""
    folder = Path(settings.PARTIAL_UPLOADS_DIR)
    return [
        UUID(path.name) for path in folder.glob(_KEY) if last_written(path) < moment.timestamp()
    ]


def append(upload: UUID, at: int, blocks: Iterable[bytes]) -> int:
    """Write `blocks` from the offset `at` on, each as it arrives; returns where they end.

    Each is written only if the file still ends where it belongs. So of two senders at once one goes
    on and the other stops, and a connection that hangs keeps nobody out.
    Raises `OffsetMoved`, `UploadGone`, and `StageProblem` when the disk takes no more.
    """
    with _opened(upload) as file, files.storage_problems():
        at = _write(file, at, b"")
        for block in blocks:
            at = _write(file, at, block)
    return at


def remove(upload: UUID) -> None:
    """What cannot be removed is logged and left to the daily tidying."""
    try:
        path_of(upload).unlink(missing_ok=True)
    except OSError as error:
        logger.warning("upload %s not removed: %s", upload, error.strerror)


class ArrivedFile(File):  # type: ignore[type-arg]
    """What has arrived, for a storage. Storing it leaves the upload's own file where it is.

    A crash before the talk is committed thus loses nothing: what the storage got is a second name
    of the same bytes. Raises `UploadGone`.
    """

    def __init__(self, upload: UUID) -> None:
        self._path = path_of(upload)
        try:
            super().__init__(self._path.open("rb"), name=str(upload))
        except FileNotFoundError as error:
            raise UploadGone(str(upload)) from error

    def temporary_file_path(self) -> str:
        """A file that a local storage may take away. Raises `UploadGone`."""
        name = Path(settings.FILE_UPLOAD_TEMP_DIR) / f"{uuid4()}.upload"
        try:
            os.utime(self._path)  # an old file that no row names yet would be tidied away
            os.link(self._path, name)
        except FileNotFoundError as error:
            raise UploadGone(self._path.name) from error
        except OSError:  # a file system without second names
            shutil.copyfile(self._path, name)
        return str(name)


def last_written(path: Path) -> float:
    """When, in seconds since 1970; never, for a file that went away this moment."""
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return math.inf


def _opened(upload: UUID) -> FileIO:
    try:
        return FileIO(path_of(upload), "r+")
    except FileNotFoundError as error:
        raise UploadGone(str(upload)) from error


def _write(file: FileIO, at: int, block: bytes) -> int:
    fcntl.flock(file, fcntl.LOCK_EX)
    try:
        if os.fstat(file.fileno()).st_size != at:
            raise OffsetMoved(f"not at {at}")
        rest = memoryview(block)
        while rest:
            written = os.pwrite(file.fileno(), rest, at)
            rest, at = rest[written:], at + written
        return at
    finally:
        fcntl.flock(file, fcntl.LOCK_UN)
