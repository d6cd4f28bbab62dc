"""The private files of a session: the recording and its normalised audio."""

from __future__ import annotations

import errno
import logging
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.files import File
from django.core.files.storage import default_storage

from sessions_app.stages.problems import Problem, StageProblem

logger = logging.getLogger(__name__)

ROOT = "sessions"
STORAGE_ERRORS = (errno.ENOSPC, errno.EDQUOT, errno.EROFS)


@contextmanager
def storage_problems() -> Iterator[None]:
    """Turn a full or read-only disk into `StageProblem(STORAGE)`; other errors pass."""
    try:
        yield
    except OSError as error:
        if error.errno not in STORAGE_ERRORS:
            raise
        raise StageProblem(Problem.STORAGE, error.strerror or "") from error


def session_folder(session_id: object) -> str:
    return f"{ROOT}/{session_id}"


def local_path(name: str, workdir: Path) -> Path:
    """A path that decoders can open: the file itself where the storage is local, else a copy."""
    try:
        return Path(default_storage.path(name))
    except NotImplementedError:
        target = workdir / Path(name).name
        with default_storage.open(name) as source, target.open("wb") as copy:
            shutil.copyfileobj(source, copy)
        return target


def keep(path: Path, name: str) -> str:
    """Store a file. Raises `OSError`, and leaves nothing behind when it does."""
    try:
        with path.open("rb") as file:
            return default_storage.save(name, File(file))
    except OSError:
        delete(name)
        raise


def delete(name: str) -> None:
    """Remove a file. What cannot be removed is logged and left to the daily tidying."""
    try:
        default_storage.delete(name)
    except OSError as error:
        logger.warning("%s not removed: %s", name, error.strerror)


def delete_folder(folder: str) -> None:
    """Remove a session's files; a folder that is gone already is no error."""
    try:
        names = default_storage.listdir(folder)[1]
    except FileNotFoundError:
        return
    for name in names:
        delete(f"{folder}/{name}")
    delete(folder)
