"""Making a backup while everything goes on."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from django.core.files.storage import default_storage
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from speechcoach.backup.engines import engine
from speechcoach.backup.layout import (
    DATABASE,
    FILES,
    FORMAT,
    SUMS,
    Manifest,
    sum_of,
    write_manifest,
    write_sums,
)
from speechcoach.backup.named import named_files
from speechcoach.backup.problems import BackupProblem
from speechcoach.env import private_folder

MOST_SNAPSHOTS: Final = 5
"""A file that a row names goes away only when that row has changed: the next picture names another
one. What is missing in every picture is not there."""

Sums = dict[str, str]


def take(folder: Path) -> Manifest:
    """Write all that the database holds, and the files it names, into a new folder.

    Most files are copied first, for that takes long. Then the database is frozen for our eyes,
    what it names and is not copied yet is copied, and the rows are written as they were then.
    Raises `BackupProblem`, and `OSError` when the disk takes no more.
    """
    _make(folder)
    sums: Sums = {}
    _copy(named_files(), folder, sums)
    named, missing = _freeze(folder, sums)
    _drop(sums.keys() - named, folder, sums)
    return _seal(folder, sums, missing)


def _make(folder: Path) -> None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BackupProblem(f"{folder} is not empty. Name a new folder for each backup.")
    private_folder(folder).chmod(0o700)


def _freeze(folder: Path, sums: Sums) -> tuple[set[str], set[str]]:
    """Writes the database; returns the files it names, and those of them that are nowhere."""
    for turn in range(1, MOST_SNAPSHOTS + 1):
        with engine().snapshot() as dump:
            named = named_files()
            missing = _copy(named - sums.keys(), folder, sums)
            if not missing or turn == MOST_SNAPSHOTS:
                dump(folder / DATABASE)
                break
    return named, missing


def _copy(names: Iterable[str], folder: Path, sums: Sums) -> set[str]:
    """Returns those that are not in the storage (any more)."""
    missing = set()
    for name in names:
        try:
            sums[name] = _copied(name, folder / FILES / name)
        except FileNotFoundError:
            missing.add(name)
    return missing


def _copied(name: str, target: Path) -> str:
    """The sum of what was written. Raises `FileNotFoundError`."""
    seen = hashlib.sha256()
    with default_storage.open(name) as source:
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("wb") as copy:
            for block in source.chunks():
                seen.update(block)
                copy.write(block)
    return seen.hexdigest()


def _drop(names: Iterable[str], folder: Path, sums: Sums) -> None:
    """What was deleted, or took another's place, before the database was frozen."""
    for name in list(names):
        (folder / FILES / name).unlink()
        del sums[name]


def _seal(folder: Path, sums: Sums, missing: Iterable[str]) -> Manifest:
    paths = {f"{FILES}/{name}": digest for name, digest in sums.items()}
    write_sums(folder, {**paths, DATABASE: sum_of(folder / DATABASE)})
    manifest = Manifest(
        format=FORMAT,
        made_at=timezone.now(),
        engine=connection.vendor,
        engine_version=engine().version(),
        migrations=_migrations(),
        missing=tuple(sorted(missing)),
        files=len(sums),
        bytes=sum((folder / path).stat().st_size for path in paths),
        sums=sum_of(folder / SUMS),
    )
    write_manifest(folder, manifest)
    return manifest


def _migrations() -> tuple[str, ...]:
    applied = MigrationRecorder(connection).applied_migrations()
    return tuple(sorted(f"{app}.{name}" for app, name in applied))
