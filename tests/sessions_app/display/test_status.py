from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from sessions_app.display.status import run_status
from sessions_app.messages import QUARANTINED, problem_text
from sessions_app.models import RunStage, RunState, SessionRun, StageState
from sessions_app.stages.problems import Problem


def run(state: RunState, **fields: object) -> SessionRun:
    return SessionRun(number=1, state=state, **fields)


def held(**fields: object) -> SessionRun:
    later = timezone.now() + timedelta(minutes=1)
    return run(RunState.PROCESSING, lease_expires_at=later, **fields)


def row(stage: str, state: StageState, **fields: object) -> RunStage:
    return RunStage(stage=stage, state=state, **fields)


MEDIA_DONE = row("media", StageState.DONE, duration_ms=1240)
RUNNING = row("transcription", StageState.RUNNING, attempt=2)


def test_stages_without_a_row_wait_while_the_run_goes_on() -> None:
    stages = run_status(held(), [MEDIA_DONE, RUNNING]).stages
    assert [stage.state for stage in stages] == ["done", "running", *["waiting"] * 3]
    assert stages[0].duration == "1.2 s"
    assert stages[1].attempt == 2


@pytest.mark.parametrize("state", [RunState.FAILED, RunState.QUARANTINED])
def test_nothing_runs_or_waits_in_a_run_that_has_ended(state: RunState) -> None:
    stages = run_status(run(state), [MEDIA_DONE, RUNNING]).stages
    assert [stage.state for stage in stages] == ["done", "stopped", *["not-begun"] * 3]


def test_a_cancelled_stage_was_stopped_rather_than_failed() -> None:
    failed = row("transcription", StageState.FAILED)
    assert run_status(run(RunState.CANCELLED), [failed]).stages[1].state == "stopped"
    assert run_status(run(RunState.FAILED), [failed]).stages[1].state == "failed"


def test_a_failure_says_what_to_do_and_can_be_tried_again() -> None:
    status = run_status(run(RunState.FAILED, problem=Problem.STORAGE), [])
    assert status.detail == problem_text(Problem.STORAGE)
    assert status.can_retry
    assert not status.live


@pytest.mark.parametrize("state", list(RunState))
def test_every_state_has_a_headline(state: RunState) -> None:
    assert run_status(run(state), []).headline


def test_quarantine_is_explained() -> None:
    status = run_status(run(RunState.QUARANTINED), [])
    assert status.detail == problem_text(QUARANTINED)
    assert not status.can_retry


def test_a_run_whose_worker_died_does_not_claim_to_be_worked_on() -> None:
    gone = run(RunState.PROCESSING, lease_expires_at=timezone.now() - timedelta(seconds=1))
    assert run_status(gone, []).headline != run_status(held(), []).headline
    assert run_status(gone, []).live


def test_asking_to_cancel_shows_at_once() -> None:
    asked = held(cancel_requested=True)
    assert run_status(asked, []).cancelling
    assert not run_status(run(RunState.COMPLETED, cancel_requested=True), []).cancelling


def test_the_version_changes_with_what_is_shown_and_only_then() -> None:
    same = held()
    versions = [
        run_status(same, [MEDIA_DONE]).version,
        run_status(same, [MEDIA_DONE, RUNNING]).version,
        run_status(same, [MEDIA_DONE, row("transcription", StageState.RUNNING)]).version,
    ]
    same.cancel_requested = True
    versions.append(run_status(same, [MEDIA_DONE]).version)
    assert len(set(versions)) == 4
    same.cancel_requested = False
    assert run_status(same, [MEDIA_DONE]).version == versions[0]


@pytest.mark.parametrize("problem", [*Problem, ""])
def test_only_what_the_server_lacked_may_come_right_with_the_same_file(problem: str) -> None:
    status = run_status(run(RunState.FAILED, problem=problem), [])
    of_the_server = problem in (
        Problem.STORAGE,
        Problem.RUN_DEADLINE,
        Problem.TRANSCRIPTION_UNAVAILABLE,
        "",
    )
    assert status.needs_other_input is not of_the_server
    assert status.can_retry is of_the_server


def test_the_last_stages_are_named_in_an_order_that_makes_sense() -> None:
    names = [stage.name for stage in run_status(held(), []).stages]
    assert names[-2:] == ["Choosing what to work on", "Final scores"]


def test_a_stage_that_waited_for_the_model_when_its_run_was_cancelled_stopped() -> None:
    waited = row("refinement", StageState.PENDING)
    stages = run_status(run(RunState.CANCELLED), [waited]).stages
    assert {stage.name: stage.state for stage in stages}["Choosing what to work on"] == "stopped"
