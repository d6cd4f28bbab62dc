from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from ai.errors import Outcome
from ai.ledger import CallRecord, Subject
from metrics_app.models import Call, KeptAnswer
from metrics_app.record import DatabaseBooks
from sessions_app import actions
from sessions_app.actions import sessions
from sessions_app.models import Passage, PracticeSession, RunStage, SessionRun, SimilarMoment
from sessions_app.stages.problems import StageProblem
from tests.factories import UserFactory
from tests.sessions_app.finished import finished_run

pytestmark = pytest.mark.django_db

DIALOGUE = "Ann: Good morning.\nBob: Hello.\nAnn: How are you?\nBob: Fine, thank you.\n"


def create(**fields: object) -> PracticeSession:
    known = {"title": "My talk", "language": "en", "kind": "pitch"}
    return actions.create_session(owner=UserFactory.create(), **{**known, **fields})  # type: ignore[arg-type]


def test_stores_the_recording_under_an_internal_name_and_starts() -> None:
    upload = SimpleUploadedFile("../../etc/evil name.wav", b"RIFF")
    session = create(media=upload)
    assert session.media.name == f"sessions/{session.pk}/recording"
    assert (session.media_filename, session.media_bytes) == ("evil name.wav", 4)
    assert session.latest_run is not None
    assert default_storage.open(session.media.name).read() == b"RIFF"


@pytest.mark.parametrize("committed", [True, False])
def test_a_recording_stays_where_a_row_has_it_although_the_database_did_not_say_so(
    monkeypatch: pytest.MonkeyPatch, committed: bool
) -> None:
    insert, names = sessions._insert, list[str]()

    def broken(session: PracticeSession, **how: Any) -> None:
        names.append(str(session.media.name))
        if committed:
            insert(session, **how)
        raise OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr(sessions, "_insert", broken)
    with pytest.raises(OperationalError):
        create(media=SimpleUploadedFile("a.wav", b"RIFF"))
    assert default_storage.exists(names[0]) is committed


def test_a_recording_of_which_the_end_found_no_room_is_none(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(default_storage, "size", lambda name: 3)
    with pytest.raises(StageProblem, match="storage"):
        create(media=SimpleUploadedFile("a.wav", b"RIFF"))
    assert not PracticeSession.objects.exists()


def test_waits_without_a_run_until_the_speaker_is_known() -> None:
    session = create(transcript_text=DIALOGUE, transcript_format="txt")
    assert session.latest_run is None
    run = actions.choose_speaker(session=session, speaker="Bob")
    session.refresh_from_db()
    assert session.speaker == "Bob"
    assert session.latest_run_id == run.pk


def test_starts_at_once_when_the_speaker_is_named() -> None:
    session = create(transcript_text=DIALOGUE, transcript_format="txt", speaker="Ann")
    assert session.latest_run is not None


def test_deleting_leaves_neither_rows_nor_files(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    session = create(media=SimpleUploadedFile("a.wav", b"RIFF"))
    name = str(session.media.name)
    default_storage.save(f"sessions/{session.pk}/audio-1.flac", ContentFile(b"fLaC"))
    with django_capture_on_commit_callbacks(execute=True):
        actions.delete_session(session=session)
        assert default_storage.exists(name)
    assert not default_storage.exists(f"sessions/{session.pk}")
    assert not PracticeSession.objects.exists()
    assert not SessionRun.objects.exists()


def test_deleting_forgets_what_models_answered_about_the_talk() -> None:
    owner = UserFactory.create()
    gone, kept = (finished_run(session__owner=owner) for _ in range(2))
    for run in (gone, kept):
        books = DatabaseBooks()
        books.keep(f"key of {run.pk}", "{}", 30, call_of(run))
        Passage.objects.create(
            run=run, start_word=0, end_word=1, text="Um,", model="little", vector=b"    "
        )
    first, second = Passage.objects.order_by("pk")
    SimilarMoment.objects.create(passage=second, earlier=first, similarity=0.9)
    actions.delete_session(session=gone.session)
    assert KeptAnswer.objects.get().about == kept.session_id
    assert set(Call.objects.values_list("run_id", flat=True)) == {None, kept.pk}
    assert Passage.objects.get().run == kept
    assert not SimilarMoment.objects.exists()


def call_of(run: SessionRun) -> CallRecord:
    return CallRecord(
        record_id=uuid.uuid4(),
        subject=Subject(run.session.owner_id, "session", run.pk, run.session_id),
        purpose="review",
        model="gpt-5.4",
        prompt_version="1",
        attempt=1,
        outcome=Outcome.OK,
        started_at=timezone.now(),
    )


def test_deleting_the_recording_keeps_the_report(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    session = create(media=SimpleUploadedFile("a.wav", b"RIFF"))
    run = session.latest_run
    assert run is not None
    with pytest.raises(actions.RunInProgress):
        actions.delete_media(session=session)
    actions.cancel_run(run=run)
    row = RunStage.objects.create(
        run=run, stage="media", state="done", started_at=run.queued_at, output={"audio_name": "x"}
    )
    name = str(session.media.name)
    with django_capture_on_commit_callbacks(execute=True):
        actions.delete_media(session=session)
    session.refresh_from_db()
    row.refresh_from_db()
    assert (session.media.name, session.media_bytes) == ("", 0)
    assert row.output == {"audio_name": ""}
    assert not default_storage.exists(name)
