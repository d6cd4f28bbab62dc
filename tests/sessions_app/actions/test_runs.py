from __future__ import annotations

from datetime import timedelta
from unittest.mock import ANY

import pytest
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from sessions_app import actions, doorbell, pipeline
from sessions_app.models import PracticeSession, RunState, SessionRun, StageState
from tests.factories import RunFactory, SessionFactory
from tests.sessions_app.finished import finished_run
from tests.sessions_app.samples import stages
from tests.sessions_app.second_reading import SECOND, configure

pytestmark = pytest.mark.django_db

NO_MEDIA = {"media": lambda context, check: None}


def completed_run() -> SessionRun:
    run = RunFactory.create()
    pipeline.execute(run.pk, stages(**NO_MEDIA))
    run = SessionRun.objects.select_related("session").get(pk=run.pk)
    assert run.state == RunState.COMPLETED
    return run


def test_starting_rings_once_the_transaction_is_committed(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        run = actions.start_run(session=SessionFactory.create())
        assert doorbell.waiting("default") == set()
    assert doorbell.waiting("default") == {run.pk}
    assert run.session.latest_run == run


def test_a_talk_without_a_transcript_waits_for_the_drafts_worker() -> None:
    session = SessionFactory.create(media="sessions/x/recording")
    assert actions.start_run(session=session).queue == "drafts"
    session = SessionFactory.create(media="sessions/y/recording", transcript_text="Hello.")
    assert actions.start_run(session=session).queue == "default"


def test_a_talk_that_a_server_can_write_down_needs_no_drafts_worker(settings: Settings) -> None:
    configure(settings)
    session = SessionFactory.create(media="sessions/x/recording")
    assert actions.start_run(session=session).queue == "default"
    settings.AI_MODEL_TRANSCRIPTION = ""
    session = SessionFactory.create(media="sessions/y/recording")
    assert actions.start_run(session=session).queue == "drafts"


def test_words_that_are_there_already_need_no_drafts_worker() -> None:
    first = completed_run()
    PracticeSession.objects.filter(pk=first.session_id).update(media="sessions/x/recording")
    assert actions.start_run(session=first.session, from_stage="rules").queue == "default"


def test_the_wish_for_a_mode_is_kept() -> None:
    run = actions.start_run(session=SessionFactory.create(), wanted_mode="sequential")
    run.refresh_from_db()
    assert run.wanted_mode == "sequential"


@pytest.mark.parametrize(
    "wish", [{"from_stage": "embeddings"}, {"from_stage": "lunch"}, {"wanted_mode": "fast"}]
)
def test_a_run_that_cannot_be_is_refused(wish: dict[str, str]) -> None:
    session = completed_run().session
    with pytest.raises(ValueError, match=r"\w"):
        actions.start_run(session=session, **wish)  # type: ignore[arg-type]


def test_refuses_a_second_live_run() -> None:
    session = SessionFactory.create()
    actions.start_run(session=session)
    with pytest.raises(actions.RunInProgress):
        actions.start_run(session=session)


def test_numbers_count_up_and_the_old_report_stays() -> None:
    first = completed_run()
    second = actions.start_run(session=first.session)
    first.session.refresh_from_db()
    assert (second.number, first.session.current_run) == (2, first)


def test_taking_over_stages_repeats_only_the_later_ones() -> None:
    first = completed_run()
    second = actions.start_run(session=first.session, from_stage="refinement")
    assert second.transcript == first.transcript
    assert second.findings.count() == first.findings.count() > 0
    assert not hasattr(second, "coaching")
    assert {row.stage: row.state for row in second.stages.all()} == {
        "media": StageState.REUSED,
        "transcription": StageState.REUSED,
        "rules": StageState.REUSED,
    }
    pipeline.execute(second.pk, stages(**NO_MEDIA))
    second.refresh_from_db()
    assert second.state == RunState.COMPLETED
    assert second.stages.get(stage="rules").attempt == 1


def test_scoring_alone_keeps_the_coaching() -> None:
    first = completed_run()
    second = actions.start_run(session=first.session, from_stage="scoring")
    assert second.coaching.content == first.coaching.content
    assert second.mode == first.mode


def test_nothing_to_take_over_is_an_error() -> None:
    with pytest.raises(ValueError, match="no finished run"):
        actions.start_run(session=SessionFactory.create(), from_stage="rules")


def test_one_of_many_waits_where_nobody_else_does(settings: Settings) -> None:
    assert actions.start_run(session=SessionFactory.create(), bulk=True).queue == "bulk"
    drafted = SessionFactory.create(media="sessions/x/recording")
    assert actions.start_run(session=drafted, bulk=True).queue == "drafts"


def test_one_of_many_that_somebody_tries_again_is_none_any_more() -> None:
    first = completed_run()
    again = actions.start_run(session=first.session, from_stage="rules", bulk=True)
    assert again.queue == "bulk"
    SessionRun.objects.filter(pk=again.pk).update(state=RunState.FAILED)
    assert actions.retry_run(run=again)
    again.refresh_from_db()
    assert again.queue == "default"


@pytest.mark.parametrize("state", [RunState.FAILED, RunState.CANCELLED])
def test_retry_takes_up_what_stopped(state: RunState) -> None:
    run = RunFactory.create(state=state, problem="silent", deaths=2, cancel_requested=True)
    assert actions.retry_run(run=run)
    run.refresh_from_db()
    assert (run.state, run.problem, run.deaths) == (RunState.QUEUED, "", 0)
    assert not run.cancel_requested


@pytest.mark.parametrize(
    "state", [RunState.QUEUED, RunState.PROCESSING, RunState.COMPLETED, RunState.QUARANTINED]
)
def test_retry_leaves_everything_else_alone(state: RunState) -> None:
    run = RunFactory.create(state=state)
    assert not actions.retry_run(run=run)
    run.refresh_from_db()
    assert run.state == state


def test_retry_refuses_a_run_that_a_later_one_followed() -> None:
    old = RunFactory.create(state=RunState.FAILED)
    RunFactory.create(session=old.session)
    assert not actions.retry_run(run=old)


def test_release_frees_a_quarantined_run() -> None:
    run = RunFactory.create(state=RunState.QUARANTINED, deaths=3)
    assert actions.release_run(run=run)
    run.refresh_from_db()
    assert (run.state, run.deaths) == (RunState.QUEUED, 0)
    assert not actions.release_run(run=run)


def test_a_waiting_run_is_cancelled_at_once() -> None:
    run = RunFactory.create()
    actions.cancel_run(run=run)
    run.refresh_from_db()
    assert (run.state, run.finished_at) == (RunState.CANCELLED, ANY)
    assert run.finished_at is not None


def test_the_worker_of_a_running_one_is_asked() -> None:
    run = RunFactory.create()
    actions.claim_run(run_id=run.pk)
    actions.cancel_run(run=run)
    run.refresh_from_db()
    assert (run.state, run.cancel_requested) == (RunState.PROCESSING, True)


def test_a_run_whose_worker_died_is_cancelled_at_once() -> None:
    run = RunFactory.create()
    actions.claim_run(run_id=run.pk)
    past = timezone.now() - timedelta(seconds=1)
    SessionRun.objects.filter(pk=run.pk).update(lease_expires_at=past)
    actions.cancel_run(run=run)
    run.refresh_from_db()
    assert (run.state, run.lease_token) == (RunState.CANCELLED, None)


def test_a_recording_that_is_gone_is_not_missed_by_later_stages() -> None:
    first = completed_run()
    PracticeSession.objects.filter(pk=first.session_id).update(media_filename="talk.wav")
    for stage in ("", "media", "transcription"):
        with pytest.raises(actions.RecordingGone):
            actions.start_run(session=first.session, from_stage=stage)
    assert actions.start_run(session=first.session, from_stage="rules").number == 2


def test_the_time_between_a_failure_and_its_retry_is_not_processing() -> None:
    run = RunFactory.create(state=RunState.FAILED, started_at=timezone.now() - timedelta(days=2))
    actions.retry_run(run=run)
    pipeline.execute(run.pk, stages(**NO_MEDIA))
    run.refresh_from_db()
    assert run.processing_time_ms is not None
    assert run.processing_time_ms < 3_600_000


def test_cancelling_a_finished_run_changes_nothing() -> None:
    run = RunFactory.create(state=RunState.COMPLETED)
    actions.cancel_run(run=run)
    run.refresh_from_db()
    assert (run.state, run.cancel_requested) == (RunState.COMPLETED, False)


def test_coaching_alone_of_a_report_by_rules_reads_the_talk_as_a_whole(settings: Settings) -> None:
    configure(settings)
    run = actions.start_run(session=finished_run().session, coaching_only=True)
    assert (run.coaching_only, run.from_stage) == (False, "refinement")


def test_coaching_alone_needs_a_model() -> None:
    talk = finished_run(own={"refinement": lambda context, check: SECOND}).session
    with pytest.raises(ValueError, match="No model is configured"):
        actions.start_run(session=talk, coaching_only=True)
