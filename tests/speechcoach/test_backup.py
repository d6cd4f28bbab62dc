"""The rehearsal: what was backed up is there again, in another database and another folder."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection

from sessions_app.models import PracticeSession
from speechcoach.backup.layout import read_manifest
from speechcoach.backup.named import named_files
from tests.bucket_server import BucketServer
from tests.factories import SessionFactory, UserFactory
from tests.sessions_app.finished import finished_run
from tests.speechcoach.backup.rehearsing import EmptySystem, empty_system, manage, rows_of
from tests.speechcoach.backup.talks import recording_of, replace_recording, talk_with_recording

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def other(tmp_path: Path, live_env: dict[str, str]) -> Iterator[EmptySystem]:
    with empty_system(tmp_path / "other", live_env) as system:
        yield system


def backed_up(live_env: dict[str, str], folder: Path) -> str:
    answer = manage(live_env, "backup", str(folder))
    assert answer.returncode == 0, answer.stderr
    return answer.stdout


def restored(live_env: dict[str, str], folder: Path, other: EmptySystem) -> str:
    answer = manage(other.environment(live_env), "restore", str(folder))
    assert answer.returncode == 0, answer.stderr
    return answer.stdout


def test_every_row_and_every_file_is_there_again(
    tmp_path: Path, live_env: dict[str, str], other: EmptySystem
) -> None:
    call_command("create_demo", verbosity=0)
    finished_run(session=SessionFactory.create(title="Ümläüte und 'Striche'"))
    talk_with_recording(b"\x00\xff\r\n")
    said = backed_up(live_env, tmp_path / "backup")
    assert restored(live_env, tmp_path / "backup", other).startswith("Restored: the database and")
    rows, files = rows_of(connection), other.files()
    assert sum(map(len, rows.values())) > 300  # a whole report is among them
    assert other.rows() == rows
    assert set(files) == named_files()
    assert all(default_storage.open(name).read() == files[name] for name in files)
    assert f"{len(files)} files" in said


def test_the_other_system_works(
    tmp_path: Path, live_env: dict[str, str], other: EmptySystem
) -> None:
    UserFactory.create_batch(3)
    backed_up(live_env, tmp_path / "backup")
    restored(live_env, tmp_path / "backup", other)
    environment = other.environment(live_env) | {"DJANGO_SUPERUSER_PASSWORD": "a fourth account"}
    assert manage(environment, "migrate", "--check").returncode == 0
    made = manage(environment, "createsuperuser", "--noinput", "--email=new@example.com")
    assert made.returncode == 0, made.stderr
    assert len(other.rows()["accounts_app_user"]) == 4


def test_a_bucket_is_backed_up_and_restored_like_a_folder(
    tmp_path: Path, live_env: dict[str, str], other: EmptySystem, bucket: BucketServer
) -> None:
    talk_with_recording(b"\x00\xff\r\n" * 100_000)
    environment = {**live_env, **bucket.environment}
    backed_up(environment, tmp_path / "backup")
    stored = {name: default_storage.open(name).read() for name in bucket.names()}
    assert len(stored) == 1
    for name in stored:
        default_storage.delete(name)
    restored(environment, tmp_path / "backup", other)
    assert {name: default_storage.open(name).read() for name in bucket.names()} == stored
    assert not other.files()


@contextmanager
def at_work() -> Iterator[None]:
    """Talks come in, and their recordings are replaced as the first stage does it."""
    stopped = threading.Event()

    def work() -> None:
        while not stopped.is_set():
            replace_recording(talk_with_recording(b"sound" * 1000))
        connection.close()

    worker = threading.Thread(target=work)
    worker.start()
    try:
        yield
    finally:
        stopped.set()
        worker.join()


def test_nothing_is_missed_while_talks_come_in(
    tmp_path: Path, live_env: dict[str, str], other: EmptySystem
) -> None:
    talk_with_recording(b"the first")
    with at_work():
        backed_up(live_env, tmp_path / "backup")
    restored(live_env, tmp_path / "backup", other)
    assert read_manifest(tmp_path / "backup").missing == ()
    assert 1 <= len(other.recordings()) <= PracticeSession.objects.count()
    assert other.recordings() == set(other.files())


def test_a_file_that_nobody_has_any_more_is_named(tmp_path: Path, live_env: dict[str, str]) -> None:
    lost = talk_with_recording(b"soon lost")
    default_storage.delete(recording_of(lost))
    answer = manage(live_env, "backup", str(tmp_path / "backup"))
    assert answer.returncode == 0
    assert f"{lost.media.name}: a talk names this file" in answer.stderr


def test_an_older_backup_is_not_written_over(tmp_path: Path, live_env: dict[str, str]) -> None:
    (tmp_path / "older").write_bytes(b"")
    answer = manage(live_env, "backup", str(tmp_path))
    assert answer.returncode == 1
    assert "is not empty. Name a new folder" in answer.stderr


def test_a_full_or_closed_disk_is_no_traceback(tmp_path: Path, live_env: dict[str, str]) -> None:
    (tmp_path / "file").write_bytes(b"")
    answer = manage(live_env, "backup", str(tmp_path / "file" / "backup"))
    assert answer.returncode == 1
    assert "The backup is not finished" in answer.stderr
    assert "Traceback" not in answer.stderr


def test_a_stored_file_without_a_row_is_left_out(tmp_path: Path, live_env: dict[str, str]) -> None:
    default_storage.save("sessions/nobody/stray", ContentFile(b"stray"))
    backed_up(live_env, tmp_path / "backup")
    assert not list((tmp_path / "backup").rglob("stray"))
