from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from speechcoach.backup import restoring
from speechcoach.backup.layout import DATABASE, read_manifest, write_manifest
from speechcoach.backup.problems import BackupProblem
from speechcoach.backup.taking import take
from tests.bucket_server import BucketServer
from tests.speechcoach.backup.rehearsing import (
    EmptySystem,
    empty_system,
    manage,
    postgres_on_path,
)
from tests.speechcoach.backup.talks import talk_with_recording

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def backup(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Of one talk with a recording."""
    monkeypatch.setenv("PATH", postgres_on_path())
    talk_with_recording(b"sound")
    take(tmp_path / "backup")
    return tmp_path / "backup"


@pytest.fixture
def other(tmp_path: Path, live_env: dict[str, str]) -> Iterator[EmptySystem]:
    with empty_system(tmp_path / "other", live_env) as system:
        yield system


def refusal(live_env: dict[str, str], backup: Path, other: EmptySystem) -> str:
    answer = manage(other.environment(live_env), "restore", str(backup))
    assert answer.returncode == 1
    assert "Traceback" not in answer.stderr
    return answer.stderr


def recording_of(backup: Path) -> Path:
    (path,) = (backup / "media").rglob("recording")
    return path


def test_a_database_with_tables_is_left_alone(backup: Path) -> None:
    with pytest.raises(BackupProblem, match=r"database is not empty: it has \d+ tables"):
        restoring.restore(backup)


def test_a_storage_with_files_is_left_alone(backup: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also beside an empty database: whose are they?"""
    default_storage.save("sessions/a/recording", ContentFile(b"another's"))
    monkeypatch.setattr(restoring, "_tables", list)
    with pytest.raises(BackupProblem, match="files in the storage already"):
        restoring.restore(backup)


def test_a_bucket_with_files_is_left_alone(
    backup: Path, bucket: BucketServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    default_storage.save("sessions/a/recording", ContentFile(b"another's"))
    monkeypatch.setattr(restoring, "_tables", list)
    with pytest.raises(BackupProblem, match="files in the storage already"):
        restoring.restore(backup)


def test_another_kind_of_database_is_refused(backup: Path) -> None:
    write_manifest(backup, read_manifest(backup).model_copy(update={"engine": "oracle"}))
    with pytest.raises(BackupProblem, match="The backup is of oracle"):
        restoring.restore(backup)


def test_a_newer_version_is_refused(backup: Path) -> None:
    newer = {"migrations": ("sessions_app.0001_initial", "sessions_app.9999_later")}
    write_manifest(backup, read_manifest(backup).model_copy(update=newer))
    with pytest.raises(BackupProblem, match=r"does not know sessions_app\.9999_later\. Install"):
        restoring.restore(backup)


def test_a_damaged_file_is_noticed_before_there_are_rows(
    backup: Path, live_env: dict[str, str], other: EmptySystem
) -> None:
    recording_of(backup).write_bytes(b"Sound")
    assert "recording is not what was written" in refusal(live_env, backup, other)
    assert not other.has_tables()


def test_a_damaged_database_is_noticed_before_anything_is_written(
    backup: Path, live_env: dict[str, str], other: EmptySystem
) -> None:
    with (backup / DATABASE).open("r+b") as file:
        file.seek(200)
        file.write(b"damage")
    assert f"{DATABASE} is not what was written" in refusal(live_env, backup, other)
    assert not other.has_tables()
    assert other.files() == {}


def test_nothing_is_restored_over_what_was_restored(
    backup: Path, live_env: dict[str, str], other: EmptySystem
) -> None:
    assert manage(other.environment(live_env), "restore", str(backup)).returncode == 0
    assert "The database is not empty" in refusal(live_env, backup, other)
