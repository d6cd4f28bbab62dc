from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import Settings

from sessions_app import actions
from sessions_app.models import RunStage, RunState, SessionRun, StageState
from sessions_app.stages.outputs import StageName
from tests.factories import RunFactory
from tests.sessions_app.samples import TRANSCRIPTION
from tests.sessions_app.second_reading import DRAFTED

pytestmark = pytest.mark.django_db
STAGE = StageName.TRANSCRIPTION


def claim(run: SessionRun) -> actions.Lease:
    lease = actions.claim_run(run_id=run.pk)
    assert lease is not None
    return lease


def begun(run: SessionRun) -> actions.Lease:
    lease = claim(run)
    actions.begin_stage(lease, stage=STAGE)
    return lease


def wait(lease: actions.Lease, retry_after: float | None = None) -> SessionRun:
    actions.wait_for_model(lease, reason="unavailable", retry_after=retry_after)
    return SessionRun.objects.get(pk=lease.run_id)


def pause(run: SessionRun) -> float:
    """Seconds until the next try."""
    assert run.next_try_at is not None
    return (run.next_try_at - timezone.now()).total_seconds()


def about(seconds: float) -> object:
    """The clock goes on while a test runs."""
    return pytest.approx(seconds, abs=5)


def waited(run: SessionRun, seconds: int) -> None:
    """Let so much time have passed since it began to wait, and the next try be due."""
    now = timezone.now()
    SessionRun.objects.filter(pk=run.pk).update(
        waiting_since=now - timedelta(seconds=seconds), next_try_at=now - timedelta(seconds=1)
    )


def test_a_waiting_run_is_let_go_with_its_reason_and_its_next_try() -> None:
    run = wait(begun(RunFactory.create()))
    assert (run.state, run.waiting_reason) == (RunState.WAITING_FOR_MODEL, "unavailable")
    assert (run.lease_token, run.lease_expires_at, run.deaths) == (None, None, 0)
    assert run.waiting_since is not None
    assert pause(run) == about(15)


def test_the_stage_that_waits_has_not_failed() -> None:
    run = RunFactory.create()
    wait(begun(run))
    row = RunStage.objects.get(run=run)
    assert (row.state, row.attempt) == (StageState.PENDING, 1)


def test_nobody_claims_it_before_its_time() -> None:
    run = RunFactory.create()
    wait(begun(run))
    assert actions.claim_run(run_id=run.pk) is None
    waited(run, 15)
    claim(run)
    run.refresh_from_db()
    assert (run.state, run.next_try_at) == (RunState.PROCESSING, None)


def test_the_stage_is_taken_up_again() -> None:
    run = RunFactory.create()
    wait(begun(run))
    waited(run, 15)
    begun(run)
    row = RunStage.objects.get(run=run)
    assert (row.state, row.attempt) == (StageState.RUNNING, 2)


@pytest.mark.parametrize(
    ("before", "expected"), [(15, 30), (45, 60), (300, 60), (870, 30), (1000, -100)]
)
def test_pauses_double_up_to_a_minute_and_end_with_the_patience(
    before: int, expected: float
) -> None:
    run = RunFactory.create()
    wait(begun(run))
    waited(run, before)
    assert pause(wait(begun(run))) == about(expected)


@pytest.mark.parametrize(
    ("retry_after", "expected"), [(7.0, 15), (300.0, 300), (0.0, 15), (float("inf"), 900)]
)
def test_a_run_comes_back_neither_before_its_pause_nor_before_the_server_says(
    retry_after: float, expected: float
) -> None:
    assert pause(wait(begun(RunFactory.create()), retry_after)) == about(expected)


def test_it_remembers_since_when_it_waits() -> None:
    run = RunFactory.create()
    first = wait(begun(run)).waiting_since
    past = timezone.now() - timedelta(seconds=1)
    SessionRun.objects.filter(pk=run.pk).update(next_try_at=past)
    assert wait(begun(run)).waiting_since == first


def test_a_finished_stage_ends_the_waiting() -> None:
    run = RunFactory.create()
    wait(begun(run))
    waited(run, 15)
    lease = begun(run)
    actions.save_stage(lease, stage=STAGE, output=TRANSCRIPTION, save=actions.save_transcription)
    run.refresh_from_db()
    assert (run.waiting_reason, run.waiting_since, run.next_try_at) == ("", None, None)


def test_an_orphan_makes_nothing_wait(settings: Settings) -> None:
    run = RunFactory.create()
    orphan = actions.Lease(run.pk, uuid.uuid4())
    with pytest.raises(actions.LeaseLost):
        wait(orphan)
    with pytest.raises(actions.LeaseLost):
        actions.draft_instead(orphan, step=DRAFTED)
    run.refresh_from_db()
    assert (run.state, run.queue, run.steps_down) == (RunState.QUEUED, "default", [])


def test_a_waiting_run_is_cancelled_at_once() -> None:
    run = wait(begun(RunFactory.create()))
    actions.cancel_run(run=run)
    run.refresh_from_db()
    assert (run.state, run.waiting_since, run.next_try_at) == (RunState.CANCELLED, None, None)


def test_a_run_whose_end_is_wanted_does_not_begin_to_wait() -> None:
    run = RunFactory.create()
    lease = begun(run)
    actions.cancel_run(run=run)
    assert wait(lease).state == RunState.CANCELLED


def test_a_cancelled_run_starts_its_patience_anew_when_it_is_tried_again() -> None:
    run = wait(begun(RunFactory.create()))
    actions.cancel_run(run=run)
    assert actions.retry_run(run=run)
    claim(run)
    run.refresh_from_db()
    assert run.waiting_since is None


def test_a_waiting_run_keeps_count_of_deaths_and_starts_anew_out_of_quarantine() -> None:
    run = RunFactory.create(deaths=2)
    wait(begun(run))
    waited(run, 15)
    claim(run)
    SessionRun.objects.filter(pk=run.pk).update(lease_expires_at=timezone.now() - timedelta(days=1))
    assert actions.claim_run(run_id=run.pk) is None
    run.refresh_from_db()
    assert run.state == RunState.QUARANTINED
    assert actions.release_run(run=run)
    run.refresh_from_db()
    assert run.waiting_since is None


def test_a_talk_that_waits_can_be_deleted() -> None:
    run = wait(begun(RunFactory.create()))
    actions.delete_session(session=run.session)
    assert not SessionRun.objects.exists()


def test_a_draft_is_a_step_down_in_a_queue_of_its_own() -> None:
    run = RunFactory.create()
    actions.draft_instead(begun(run), step=DRAFTED)
    run.refresh_from_db()
    assert (run.state, run.queue, run.lease_token) == (RunState.QUEUED, "drafts", None)
    assert run.is_degraded
    assert run.steps_down == [
        {"left": "api", "entered": "draft", "reason": "rejected", "detail": "404"}
    ]
    assert RunStage.objects.get(run=run).state == StageState.PENDING
    claim(run)
