from __future__ import annotations

import errno
import os
import shutil
import time
import uuid
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage
from pytest_django import Settings

from sessions_app import files, partials
from sessions_app.models import Upload
from sessions_app.tidying import tidy_bucket, tidy_files, tidy_partials, tidy_uploads
from tests.bucket_server import BUCKET, BucketServer
from tests.factories import SessionFactory
from tests.sessions_app.arriving import arriving
from tests.sessions_app.finished import finished_run

pytestmark = pytest.mark.django_db


def store(name: str, *, days_old: float) -> str:
    default_storage.save(name, ContentFile(b"x"))
    then = time.time() - days_old * 24 * 3600
    os.utime(default_storage.path(name), (then, then))
    return name


def test_removes_old_files_that_no_row_names() -> None:
    run = finished_run()
    session = run.session
    session.media.save("recording", ContentFile(b"RIFF"))
    output = run.stages.get(stage="media").output
    assert output is not None
    for known in (str(session.media.name), output["audio_name"]):
        default_storage.delete(known)
        store(known, days_old=9)
    stray = store(f"sessions/{session.pk}/audio-0.flac", days_old=2)
    orphan = store(f"sessions/{uuid.uuid4()}/recording", days_old=2)
    young = store(f"sessions/{uuid.uuid4()}/recording", days_old=0.5)
    removed = tidy_files()
    assert {stray, orphan} <= set(removed)
    assert not default_storage.exists(stray)
    assert not default_storage.exists(orphan)
    for kept in (str(session.media.name), output["audio_name"], young):
        assert kept not in removed
        assert default_storage.exists(kept)


def test_what_cannot_be_removed_is_not_said_to_be(monkeypatch: pytest.MonkeyPatch) -> None:
    stray = store(f"sessions/{uuid.uuid4()}/recording", days_old=2)

    def refuse(name: str) -> None:
        raise OSError(errno.EROFS, "read-only")

    monkeypatch.setattr(default_storage, "delete", refuse)
    assert stray not in tidy_files()


def test_removes_uploads_that_were_never_finished(settings: Settings, tmp_path: Path) -> None:
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    old, young = tmp_path / "a.upload", tmp_path / "b.upload.wav"
    for path in (old, young):
        path.write_bytes(b"x")
    then = time.time() - 2 * 24 * 3600
    os.utime(old, (then, then))
    assert tidy_uploads() == [old]
    assert not old.exists()
    assert young.exists()


def test_files_that_vanish_meanwhile_stop_nothing(settings: Settings, tmp_path: Path) -> None:
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    gone = store(f"sessions/{uuid.uuid4()}/recording", days_old=2)
    vanished = (tmp_path / "a.upload", Path(default_storage.path(gone)))
    for path in vanished:
        path.unlink(missing_ok=True)
        path.symlink_to("nowhere")  # listed, and not there
    stray = store(f"sessions/{uuid.uuid4()}/recording", days_old=2)
    assert tidy_uploads() == []
    removed = tidy_files()
    assert stray in removed
    assert gone not in removed


def test_a_folder_that_vanishes_meanwhile_stops_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    gone, stray = (store(f"sessions/{uuid.uuid4()}/recording", days_old=2) for _ in range(2))
    listdir = FileSystemStorage.listdir

    def just_before_it_goes(storage: FileSystemStorage, path: str) -> tuple[list[str], list[str]]:
        found = listdir(storage, path)
        shutil.rmtree(Path(default_storage.path(gone)).parent, ignore_errors=True)
        return found

    monkeypatch.setattr(FileSystemStorage, "listdir", just_before_it_goes)
    assert stray in tidy_files()


def test_removes_what_is_left_of_uploads(settings: Settings, tmp_path: Path) -> None:
    settings.PARTIAL_UPLOADS_DIR = tmp_path
    waiting = arriving(b"abc", length=5)
    used = arriving(b"abc", session=SessionFactory.create())
    stray, young = uuid.uuid4(), uuid.uuid4()
    partials.create(stray)
    for key in (waiting.pk, used.pk, stray):
        os.utime(partials.path_of(key), (0, 0))
    partials.create(young)
    assert set(tidy_partials()) == {used.pk, stray}
    assert {path.name for path in tmp_path.iterdir()} == {str(waiting.pk), str(young)}
    assert set(Upload.objects.all()) == {waiting, used}
    assert tidy_partials() == []


def test_an_upload_that_comes_to_another_host_is_left_alone(
    settings: Settings, tmp_path: Path
) -> None:
    settings.PARTIAL_UPLOADS_DIR = tmp_path
    elsewhere = arriving(b"abc", length=5)
    partials.remove(elsewhere.pk)
    assert tidy_partials() == []
    assert Upload.objects.get() == elsewhere


def test_removes_old_files_of_a_bucket(
    bucket: BucketServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = finished_run()
    session = run.session
    session.media.save("recording", ContentFile(b"RIFF"))
    stray = default_storage.save(f"sessions/{session.pk}/audio-0.flac", ContentFile(b"x"))
    kept = bucket.names() - {stray}
    assert tidy_files() == []
    monkeypatch.setattr("sessions_app.tidying.YOUNGEST", timedelta(minutes=-1))
    assert tidy_files() == [stray]
    assert bucket.names() == kept


def test_parts_of_files_whose_sender_died_go_from_a_bucket(bucket: BucketServer) -> None:
    name = f"{files.ROOT}/a/recording"
    bucket.client().create_multipart_upload(Bucket=BUCKET, Key=name)
    assert tidy_bucket() == [name]
    assert tidy_bucket() == []


def test_a_folder_has_no_such_parts() -> None:
    assert tidy_bucket() == []
