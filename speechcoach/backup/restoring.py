"""Filling an empty system from a backup."""

from __future__ import annotations

from pathlib import Path

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from speechcoach.backup.engines import engine
from speechcoach.backup.layout import DATABASE, FILES, Manifest, check_sum, read_manifest, read_sums
from speechcoach.backup.problems import BackupProblem


def restore(folder: Path) -> Manifest:
    """Files first, each held against its sum, then the database in one piece: whatever goes wrong,
    there is no row whose file is not there.

    Raises `BackupProblem` when the backup does not fit or is damaged, and when there is anything
    in the database or the storage; `OSError` when the disk takes no more.
    """
    manifest = read_manifest(folder)
    _check_fit(manifest)
    _check_empty()
    sums = read_sums(folder)
    check_sum(folder, DATABASE, sums.pop(DATABASE))
    for path, digest in sums.items():
        check_sum(folder, path, digest)
        _store(folder / path, path.removeprefix(f"{FILES}/"))
    engine().load(folder / DATABASE)
    return manifest


def _check_fit(manifest: Manifest) -> None:
    if manifest.engine != connection.vendor:
        raise BackupProblem(
            f"The backup is of {manifest.engine}, and DATABASE_URL names {connection.vendor}. "
            "Restore it into a database of its own kind."
        )
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations or {}}
    if unknown := set(manifest.migrations) - known:
        raise BackupProblem(
            "The backup is of a newer version of Speech Coach than this one, which does not know "
            f"{', '.join(sorted(unknown))}. Install that version."
        )


def _check_empty() -> None:
    if tables := _tables():
        raise BackupProblem(
            f"The database is not empty: it has {len(tables)} tables. A backup is restored into a "
            "new one, before `migrate` and before anything is started. Stop everything, then for "
            "SQLite move db.sqlite3 and what begins with its name away; for PostgreSQL make "
            "another database (createdb) and name it in DATABASE_URL."
        )
    if _has_files():
        raise BackupProblem(
            "There are files in the storage already. Stop everything, and move the folder media "
            "away; with S3_BUCKET name a new bucket."
        )


def _tables() -> list[str]:
    with connection.cursor() as cursor:
        return connection.introspection.table_names(cursor)


def _has_files() -> bool:
    try:
        return any(default_storage.listdir(""))
    except FileNotFoundError:
        return False


def _store(path: Path, name: str) -> None:
    with path.open("rb") as file:
        stored = default_storage.save(name, File(file))
    if stored != name:
        raise BackupProblem(f"The storage keeps {name} as {stored}: somebody else writes to it.")
