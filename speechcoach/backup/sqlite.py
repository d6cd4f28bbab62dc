"""SQLite: its online backup, of one moment, while others go on writing."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import connection

Dump = Callable[[Path], None]


@contextmanager
def snapshot() -> Iterator[Dump]:
    """Within it the database is seen as it was at the first query; what is yielded writes that.

    A transaction that only reads: with the write-ahead log it keeps no writer waiting.
    """
    with connection.cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")
        try:
            yield _dump
        finally:
            cursor.execute("ROLLBACK")


def _dump(target: Path) -> None:
    """One file without a log beside it."""
    with closing(sqlite3.connect(target)) as copy:
        connection.connection.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")


def load(source: Path) -> None:
    """Into an empty database: all of it or nothing."""
    connection.ensure_connection()
    with closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True)) as copy:
        copy.backup(connection.connection)
    connection.close()


def version() -> str:
    return sqlite3.sqlite_version
