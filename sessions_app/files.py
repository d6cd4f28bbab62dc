"""The private files of a session: the recording and its normalised audio.

They are in a folder or in a bucket (`speechcoach.bucket`); the errors of either are `OSError`.
"""

from __future__ import annotations

import errno
import logging
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.core.files import File
from django.core.files.storage import default_storage

from sessions_app.stages.problems import Problem, StageProblem

logger = logging.getLogger(__name__)

ROOT = "sessions"
STORAGE_ERRORS = (
    errno.ENOSPC,
    errno.EDQUOT,
    errno.EROFS,
    errno.EACCES,  # a folder that was given to somebody else
    errno.EPERM,
    errno.EIO,
)
COPIED_AT_ONCE = 8 * 1024 * 1024  # bytes: of a bucket each is a request


@contextmanager
def storage_problems() -> Iterator[None]:
    """Turn a disk that is full, closed to us or broken, and a bucket that does not answer, into
    `StageProblem(STORAGE)`; other errors pass.
    """
    try:
        yield
    except OSError as error:
        if error.errno not in STORAGE_ERRORS:
            raise
        raise StageProblem(Problem.STORAGE, error.strerror or "") from error


def make_ready() -> None:
    """Load what a bucket is reached by, and ask nothing of it: jobs are forked from here."""
    getattr(default_storage, "connection", None)


def session_folder(session_id: object) -> str:
    return f"{ROOT}/{session_id}"


def local_path(name: str, workdir: Path) -> Path:
    """A path that decoders can open: the file itself where the storage is local, else a copy. There
    is nothing at it when the file is gone.
    """
    try:
        return Path(default_storage.path(name))
    except NotImplementedError:
        target = workdir / Path(name).name
        with (
            suppress(FileNotFoundError),
            default_storage.open(name) as source,
            target.open("wb") as copy,
        ):
            shutil.copyfileobj(source, copy, COPIED_AT_ONCE)
        return target


def keep(path: Path, name: str) -> str:
    """Store a file. Raises `OSError`, and leaves nothing behind when it does."""
    try:
        with path.open("rb") as file:
            return default_storage.save(name, File(file))
    except OSError:
        delete(name)
        raise


def delete(name: str) -> bool:
    """Remove a file. What cannot be removed is logged and left to the daily tidying."""
    try:
        default_storage.delete(name)
    except OSError as error:
        logger.warning("%s not removed: %s", name, error.strerror)
        return False
    return True


def require_whole(name: str, size: int) -> None:
    """Raises `OSError` when fewer bytes were stored: what moves a file to another disk does not
    look whether the last of it found room.
    """
    if default_storage.size(name) != size:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def delete_folder(folder: str) -> None:
    """Remove a session's files; a folder that is gone already is no error."""
    try:
        names = default_storage.listdir(folder)[1]
    except FileNotFoundError:
        return
    except OSError as error:
        logger.warning("%s not removed: %s", folder, error.strerror)
        return
    for name in names:
        delete(f"{folder}/{name}")
    delete(folder)
