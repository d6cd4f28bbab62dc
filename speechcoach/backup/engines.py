"""The databases that we can write out and read in."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from django.db import connection

from speechcoach.backup import postgresql, sqlite
from speechcoach.backup.sqlite import Dump


class Engine(Protocol):
    """`snapshot` freezes what is read, `load` fills an empty database."""

    def snapshot(self) -> AbstractContextManager[Dump]: ...
    def load(self, source: Path) -> None: ...
    def version(self) -> str: ...


def engine() -> Engine:
    """That of our database, of which there are two."""
    if connection.vendor == "postgresql":
        return postgresql
    return sqlite
