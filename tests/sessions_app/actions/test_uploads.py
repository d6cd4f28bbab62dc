from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts_app.models import User
from sessions_app import actions, files, partials
from sessions_app.actions.uploads import MOST_PENDING
from sessions_app.models import PracticeSession, Upload
from sessions_app.stages.problems import Problem, StageProblem
from sessions_app.tidying import tidy_partials
from tests.bucket_server import BucketServer
from tests.factories import SessionFactory, UserFactory
from tests.sessions_app.arriving import arrived, arriving

pytestmark = pytest.mark.django_db

ROOM = 1_000


def begin(owner: User, length: int = 10, room: int = ROOM) -> Upload:
    return actions.begin_upload(
        owner=owner, length=length, filename="a.webm", filetype="audio/webm", room=room
    )


def left_alone(upload: Upload, hours: float) -> None:
    Upload.objects.filter(pk=upload.pk).update(touched_at=timezone.now() - timedelta(hours=hours))


def create(upload: Upload) -> PracticeSession:
    return actions.create_session(
        owner=upload.owner, title="My talk", language="en", kind="pitch", upload=upload
    )


def recording_of(session: PracticeSession) -> bytes:
    with session.media.open() as file:
        return bytes(file.read())


def test_an_upload_begins_with_nothing() -> None:
    upload = begin(UserFactory.create())
    assert (upload.length, upload.filename, upload.filetype) == (10, "a.webm", "audio/webm")
    assert partials.offset(upload.pk) == 0


def test_pending_uploads_take_of_the_room() -> None:
    owner = UserFactory.create()
    begin(owner, length=700)
    begin(UserFactory.create(), length=700)
    begin(owner, length=300)
    with pytest.raises(actions.NoRoom) as raised:
        begin(owner, length=1)
    assert raised.value.free == 0
    assert owner.uploads.count() == 2


def test_room_that_recordings_exceed_is_none() -> None:
    with pytest.raises(actions.NoRoom) as raised:
        begin(UserFactory.create(), room=-500)
    assert raised.value.free == 0


def test_abandoned_uploads_give_way_where_room_is_short(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    owner = UserFactory.create()
    oldest, old, young = (begin(owner, length=300) for _ in range(3))
    left_alone(oldest, hours=30)
    left_alone(old, hours=2)
    with django_capture_on_commit_callbacks(execute=True):
        new = begin(owner, length=400)
    assert set(owner.uploads.all()) == {old, young, new}
    assert partials.offset(oldest.pk) is None
    assert partials.offset(old.pk) == 0


def test_nothing_gives_way_where_that_would_not_help() -> None:
    owner = UserFactory.create()
    old, young = begin(owner, length=300), begin(owner, length=600)
    left_alone(old, hours=2)
    with pytest.raises(actions.NoRoom) as raised:
        begin(owner, length=500)
    assert raised.value.free == 400
    assert set(owner.uploads.all()) == {old, young}


def test_of_too_many_the_one_untouched_longest_gives_way() -> None:
    owner = UserFactory.create()
    pending = [begin(owner) for _ in range(MOST_PENDING)]
    actions.receive(upload=pending[0], at=0, blocks=[b"a"])
    new = begin(owner)
    assert set(owner.uploads.all()) == {*pending, new} - {pending[1]}


def test_used_uploads_are_not_pending() -> None:
    owner = UserFactory.create()
    for _ in range(MOST_PENDING):
        create(arriving(b"a" * 100, owner=owner))
    begin(owner, length=ROOM)
    assert owner.uploads.count() == MOST_PENDING + 1


def test_without_a_file_there_is_no_upload(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(upload: object) -> None:
        raise StageProblem(Problem.STORAGE)

    monkeypatch.setattr(partials, "create", full)
    owner = UserFactory.create()
    with pytest.raises(StageProblem):
        begin(owner)
    assert not owner.uploads.exists()


def test_what_arrives_is_appended_and_keeps_the_upload_young() -> None:
    upload = arriving(b"abc", length=10)
    left_alone(upload, hours=40)
    assert actions.receive(upload=upload, at=3, blocks=[b"de", b"f"]) == 6
    assert arrived(upload) == b"abcdef"
    upload.refresh_from_db()
    assert upload.touched_at > timezone.now() - timedelta(hours=1)


def test_nothing_is_received_for_an_upload_that_is_gone_or_used() -> None:
    gone, used = arriving(b"abc", length=10), arriving(b"abc")
    actions.delete_upload(upload=gone)
    create(used)
    for upload in (gone, used):
        with pytest.raises(actions.UploadGone):
            actions.receive(upload=upload, at=3, blocks=[b"d"])


def test_a_talk_takes_the_recording_over(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    upload = arriving(b"RIFF....WAVE")
    with django_capture_on_commit_callbacks(execute=True):
        session = create(upload)
    assert recording_of(session) == b"RIFF....WAVE"
    assert session.media.name == f"sessions/{session.pk}/recording"
    assert (session.media_filename, session.media_bytes) == ("My talk.webm", 12)
    assert session.latest_run is not None
    upload.refresh_from_db()
    assert upload.session == session
    assert partials.offset(upload.pk) is None


def test_a_recording_without_a_name_is_one_all_the_same() -> None:
    session = create(arriving(b"RIFF", filename=""))
    assert not session.recording_is_gone
    session.media = ""
    assert session.recording_is_gone


def test_an_upload_makes_one_talk() -> None:
    upload = arriving(b"RIFF")
    first = create(upload)
    folders = stored_folders()
    with pytest.raises(actions.UploadGone):
        create(upload)
    assert PracticeSession.objects.get() == first
    assert stored_folders() == folders
    assert recording_of(first) == b"RIFF"


def test_a_talk_that_cannot_be_stored_leaves_the_upload_as_it_was(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    upload, folders = arriving(b"RIFF"), stored_folders()
    with monkeypatch.context() as broken:
        broken.setattr("sessions_app.actions.sessions.start_run", fail)
        with pytest.raises(RuntimeError):
            create(upload)
    assert stored_folders() == folders
    assert recording_of(create(upload)) == b"RIFF"


def test_a_process_killed_before_the_talk_is_committed_loses_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whoever is killed does not clear up: the folder of the talk that never was stays."""
    upload = arriving(b"RIFF")
    with monkeypatch.context() as killed:
        killed.setattr("sessions_app.actions.sessions.start_run", fail)
        killed.setattr(files, "delete_folder", lambda folder: None)
        with pytest.raises(RuntimeError):
            create(upload)
    assert not PracticeSession.objects.exists()
    session = create(upload)
    assert recording_of(session) == b"RIFF"
    assert PracticeSession.objects.get() == session


def test_a_process_killed_after_the_talk_is_committed_leaves_one_talk() -> None:
    """What would run on commit does not run here: the upload's own file stays for the tidying."""
    upload = arriving(b"RIFF")
    session = create(upload)
    with pytest.raises(actions.UploadGone):
        create(upload)
    assert arrived(upload) == b"RIFF"
    os.utime(partials.path_of(upload.pk), (0, 0))
    assert upload.pk in tidy_partials()
    assert partials.offset(upload.pk) is None
    assert recording_of(session) == b"RIFF"


def test_a_bucket_that_does_not_answer_costs_nothing_that_has_arrived(bucket_away: None) -> None:
    upload = arriving(b"RIFF")
    with pytest.raises(StageProblem) as caught:
        create(upload)
    assert caught.value.problem is Problem.STORAGE
    assert not PracticeSession.objects.exists()
    assert arrived(upload) == b"RIFF"


def test_what_has_arrived_is_stored_in_a_bucket(bucket: BucketServer) -> None:
    session = create(arriving(b"RIFF"))
    assert bucket.names() == {f"sessions/{session.pk}/recording"}
    assert (recording_of(session), session.media_bytes) == (b"RIFF", 4)


def stored_folders() -> set[str]:
    (Path(settings.MEDIA_ROOT) / files.ROOT).mkdir(parents=True, exist_ok=True)
    return set(default_storage.listdir(files.ROOT)[0])


def fail(**kwargs: object) -> None:
    raise RuntimeError("killed")


def test_an_upload_that_was_used_is_not_dropped_by_its_client(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    used, unused = arriving(b"abc"), arriving(b"abc")
    create(used)
    with django_capture_on_commit_callbacks(execute=True):
        actions.delete_upload(upload=used)
        actions.delete_upload(upload=unused)
    assert Upload.objects.get() == used
    assert partials.offset(unused.pk) is None


def test_deleting_all_of_a_persons_leaves_neither_rows_nor_files(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    owner = UserFactory.create()
    uploads = [arriving(b"abc", owner=owner), arriving(length=10, owner=owner)]
    other = arriving(b"abc")
    with django_capture_on_commit_callbacks(execute=True):
        actions.delete_uploads(owner=owner)
        assert partials.offset(uploads[0].pk) == 3  # until it is certain
    assert [partials.offset(upload.pk) for upload in uploads] == [None, None]
    assert Upload.objects.get() == other
    assert arrived(other) == b"abc"


def test_with_its_talk_the_record_of_an_upload_goes() -> None:
    upload = arriving(b"abc", session=SessionFactory.create())
    assert upload.session is not None
    actions.delete_session(session=upload.session)
    assert not Upload.objects.exists()
