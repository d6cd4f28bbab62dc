"""The private files of a session: the recording and its normalised audio."""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path

from django.core.files import File
from django.core.files.storage import default_storage

from sessions_app.stages.problems import Problem, StageProblem


def local_path(name: str, workdir: Path) -> Path:
    """A path that decoders can open: the file itself where the storage is local, else a copy."""
    try:
        return Path(default_storage.path(name))
    except NotImplementedError:
        target = workdir / Path(name).name
        with default_storage.open(name) as source, target.open("wb") as copy:
            shutil.copyfileobj(source, copy)
        return target


def keep_audio(path: Path, name: str) -> str:
    """Store the normalised audio. Raises `StageProblem` when the storage takes no more."""
    try:
        with path.open("rb") as audio:
            return default_storage.save(name, File(audio))
    except OSError as error:
        raise StageProblem(Problem.STORAGE, error.strerror or type(error).__name__) from error


def delete(name: str) -> None:
    default_storage.delete(name)


def session_folder(session_id: object) -> str:
    return f"sessions/{session_id}"


def delete_folder(folder: str) -> None:
    """Remove a session's files; one that is gone already is no error."""
    with suppress(FileNotFoundError):
        for name in default_storage.listdir(folder)[1]:
            default_storage.delete(f"{folder}/{name}")
        default_storage.delete(folder)
