"""An empty system beside that of the test, and what is in either of them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper
from django.db.utils import ConnectionHandler

from speechcoach.env import env

POSTGRES_BIN = settings.BASE_DIR / "scripts" / "postgres-bin"
COUNTERS = {
    "sqlite": "SELECT * FROM sqlite_sequence",
    "postgresql": "SELECT sequencename, last_value FROM pg_sequences",
}


@dataclass(frozen=True)
class EmptySystem:
    """A database and a data folder of its own."""

    url: str
    folder: Path

    def environment(self, live_env: dict[str, str]) -> dict[str, str]:
        return {**live_env, "DATABASE_URL": self.url, "DATA_DIR": str(self.folder)}

    def files(self) -> dict[str, bytes]:
        return contents(self.folder / "media")

    def rows(self) -> dict[str, list[str]]:
        with self._database() as database:
            return rows_of(database)

    def has_tables(self) -> bool:
        with self._database() as database, database.cursor() as cursor:
            return bool(database.introspection.table_names(cursor))

    def recordings(self) -> set[str]:
        """What talks name."""
        with self._database() as database, database.cursor() as cursor:
            cursor.execute("SELECT media FROM sessions_app_practicesession")
            return {name for (name,) in cursor}

    @contextmanager
    def _database(self) -> Iterator[BaseDatabaseWrapper]:
        database = ConnectionHandler({"default": env.db_url_config(self.url)})["default"]
        try:
            yield database
        finally:
            database.close()


@contextmanager
def empty_system(folder: Path, live_env: dict[str, str]) -> Iterator[EmptySystem]:
    """On the same kind of database as the test's."""
    if connection.vendor == "sqlite":
        yield EmptySystem(f"sqlite:///{folder / 'db.sqlite3'}", folder)
        return
    name = f"{connection.settings_dict['NAME']}_restored"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
    try:
        yield EmptySystem(f"{live_env['DATABASE_URL'].rpartition('/')[0]}/{name}", folder)
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE {name}")


def contents(folder: Path) -> dict[str, bytes]:
    """By path within `folder`."""
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in paths}


def rows_of(database: BaseDatabaseWrapper) -> dict[str, list[str]]:
    """Every row of every table, and how far each has counted."""
    with database.cursor() as cursor:
        tables = database.introspection.table_names(cursor)
        found = {"counters": _fetched(cursor, COUNTERS[database.vendor])}
        for table in tables:
            found[table] = _fetched(cursor, f"SELECT * FROM {database.ops.quote_name(table)}")
    return found


def _fetched(cursor: CursorWrapper, query: str) -> list[str]:
    cursor.execute(query)
    return sorted(repr([_plain(value) for value in row]) for row in cursor.fetchall())


def _plain(value: object) -> object:
    return bytes(value) if isinstance(value, memoryview) else value


def manage(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(settings.BASE_DIR / "manage.py"), *arguments],
        env={**environment, "PATH": postgres_on_path()},
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip


def postgres_on_path() -> str:
    """With PostgreSQL's programs at hand, wherever this machine keeps them."""
    found = subprocess.run([POSTGRES_BIN], capture_output=True, text=True, check=False)
    return f"{found.stdout.strip()}{os.pathsep}{os.environ['PATH']}"
