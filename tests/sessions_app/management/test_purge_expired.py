from __future__ import annotations

from datetime import timedelta
from io import StringIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.utils import timezone
from pytest_django import Settings

from accounts_app.models import User
from sessions_app import actions, partials
from sessions_app.management.commands import purge_expired
from sessions_app.models import PracticeSession, RunMetrics, RunState, Upload
from sessions_app.retention import expired_talks
from tests.factories import RunFactory
from tests.sessions_app.arriving import arriving

pytestmark = pytest.mark.django_db(transaction=True)


def recorded(days_ago: int, state: RunState = RunState.COMPLETED) -> PracticeSession:
    """A talk of so many days ago with a recording and its normalised audio."""
    run = RunFactory.create(state=state)
    RunMetrics.objects.create(run=run, word_count=3, metrics={}, scores={})
    talk = run.session
    talk.media.save("talk.wav", ContentFile(b"sound"))
    default_storage.save(f"sessions/{talk.pk}/audio.flac", ContentFile(b"flac"))
    created = timezone.now() - timedelta(days=days_ago)
    PracticeSession.objects.filter(pk=talk.pk).update(created_at=created, media_bytes=5_000_000)
    return talk


def files_of(talk: PracticeSession) -> set[str]:
    folder = f"sessions/{talk.pk}"
    return set(default_storage.listdir(folder)[1]) if default_storage.exists(folder) else set()


def purge(*arguments: str) -> str:
    out = StringIO()
    call_command("purge_expired", *arguments, stdout=out)
    return out.getvalue()


def test_old_recordings_go_and_measures_stay(settings: Settings) -> None:
    settings.MEDIA_RETENTION_DAYS = 30
    old, young = recorded(31), recorded(29)
    assert "Recordings removed: 1 (5.0 MB)." in purge()
    assert files_of(old) == set()
    assert len(files_of(young)) == 2
    old.refresh_from_db()
    assert not old.media
    assert RunMetrics.objects.filter(run__session=old).exists()
    assert "Recordings removed: 0" in purge()


def test_with_0_days_recordings_are_kept(settings: Settings) -> None:
    settings.MEDIA_RETENTION_DAYS = 0
    old = recorded(5000)
    assert "recordings are kept" in purge()
    assert len(files_of(old)) == 2


def test_who_keeps_recordings_for_a_shorter_time_is_heard(settings: Settings) -> None:
    settings.MEDIA_RETENTION_DAYS = 0
    old, of_others = recorded(31), recorded(31)
    User.objects.filter(pk=old.owner_id).update(media_retention_days=30)
    assert "Recordings removed: 1 (5.0 MB)." in purge()
    assert (files_of(old), len(files_of(of_others))) == (set(), 2)


def test_a_dry_run_removes_nothing(settings: Settings) -> None:
    settings.MEDIA_RETENTION_DAYS = 30
    old = recorded(31)
    assert "Recordings would be removed: 1 (5.0 MB)." in purge("--dry-run")
    assert len(files_of(old)) == 2


@pytest.mark.parametrize("state", [RunState.QUEUED, RunState.PROCESSING])
def test_a_talk_that_is_being_processed_keeps_its_recording(
    settings: Settings, state: RunState
) -> None:
    settings.MEDIA_RETENTION_DAYS = 30
    old = recorded(31, state)
    purge()
    assert len(files_of(old)) == 2


def test_uploads_that_nobody_took_up_again_go(settings: Settings) -> None:
    settings.UPLOAD_KEEP_HOURS = 2
    now = timezone.now()
    old = arriving(b"abc", length=5, touched_at=now - timedelta(hours=3))
    young = arriving(b"abc", length=5, touched_at=now - timedelta(hours=1))
    assert "Uploads would be removed: 1." in purge("--dry-run")
    assert Upload.objects.count() == 2
    assert "Uploads removed: 1." in purge()
    assert Upload.objects.get() == young
    assert (partials.offset(old.pk), partials.offset(young.pk)) == (None, 3)


def test_talks_that_are_run_again_or_deleted_meanwhile_stop_nothing(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.MEDIA_RETENTION_DAYS = 30
    again, gone, old = recorded(33), recorded(32), recorded(31)
    found = list(expired_talks())
    monkeypatch.setattr(purge_expired, "expired_talks", lambda: found)
    assert again.latest_run is not None
    actions.start_run(session=again)
    actions.delete_session(session=gone)
    purge()
    assert len(files_of(again)) == 2
    assert files_of(old) == set()
