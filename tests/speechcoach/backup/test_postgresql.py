"""What can be said of it on any database; the rest is rehearsed on PostgreSQL."""

from __future__ import annotations

from pathlib import Path

import pytest

from speechcoach.backup import postgresql
from speechcoach.backup.problems import BackupProblem


def test_the_password_is_in_no_command_line() -> None:
    database = {
        "NAME": "talks", "USER": "coach", "PASSWORD": "secret", "HOST": "db", "PORT": 5433,
        "OPTIONS": {"sslmode": "require"},
    }  # fmt: skip
    arguments, environment = postgresql._login(database)
    assert arguments == ["-U", "coach", "-h", "db", "-p", "5433", "--dbname=talks"]
    assert environment == {"PGPASSWORD": "secret", "PGSSLMODE": "require"}


def test_a_machine_without_its_programs_is_told_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(BackupProblem, match="There is no pg_restore here"):
        postgresql._run("pg_restore")


def test_what_such_a_program_says_is_passed_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "pg_dump"
    program.write_text("#!/bin/sh\necho 'server version mismatch' >&2\nexit 1\n")
    program.chmod(0o700)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(BackupProblem, match="pg_dump failed: server version mismatch"):
        postgresql._run("pg_dump")
