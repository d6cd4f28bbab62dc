"""PostgreSQL: its own `pg_dump` and `pg_restore`."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, Final

from django.db import connection, transaction
from django.db.backends.postgresql.client import DatabaseClient

from speechcoach.backup.problems import BackupProblem

Dump = Callable[[Path], None]
_DUMP: Final = ("pg_dump", "--format=custom", "--no-owner", "--no-acl")
_RESTORE: Final = (
    "pg_restore", "--single-transaction", "--exit-on-error", "--no-owner", "--no-acl",
)  # fmt: skip


@contextmanager
def snapshot() -> Iterator[Dump]:
    """Within it the database is seen as it was at the beginning; what is yielded writes that."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        (name,) = cursor.fetchone()
        yield partial(_dump, name)


def _dump(snapshot_name: str, target: Path) -> None:
    """Raises `BackupProblem`."""
    _run(*_DUMP, f"--snapshot={snapshot_name}", f"--file={target}")


def load(source: Path) -> None:
    """Into an empty database: all of it or nothing. Raises `BackupProblem`."""
    connection.close()
    _run(*_RESTORE, str(source))


def version() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        (number,) = cursor.fetchone()
    return str(number)


def _run(program: str, *arguments: str) -> None:
    """With our login, whose password is in no command line."""
    login, environment = _login(connection.settings_dict)
    command = (program, *arguments, *login)
    try:
        ended = subprocess.run(  # noqa: S603
            command, env={**os.environ, **environment}, capture_output=True, text=True, check=False
        )
    except FileNotFoundError as error:
        raise BackupProblem(
            f"There is no {program} here. Install the client programs of PostgreSQL, of the "
            "server's version or a newer one (Debian: apt-get install postgresql-client)."
        ) from error
    if ended.returncode:
        raise BackupProblem(f"{program} failed: {ended.stderr.strip()}")


def _login(database: dict[str, Any]) -> tuple[list[str], dict[str, str]]:
    """As arguments and environment: what Django gives to `psql`."""
    arguments, environment = DatabaseClient.settings_to_cmd_args_env(database, [])
    *login, name = arguments[1:]
    return [*login, f"--dbname={name}"], environment or {}
