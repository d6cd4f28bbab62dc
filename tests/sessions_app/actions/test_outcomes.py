from __future__ import annotations

import uuid
from collections.abc import Callable

import pytest
from django.core.files.storage import default_storage
from pytest_django import DjangoCaptureOnCommitCallbacks

from sessions_app import actions, files, pipeline
from sessions_app.models import RunState, SessionRun
from sessions_app.stages.outputs import StageName
from sessions_app.stages.problems import Problem
from tests.factories import RunFactory
from tests.sessions_app.finished import finished_run
from tests.sessions_app.samples import stages

pytestmark = pytest.mark.django_db


def fail(lease: actions.Lease) -> None:
    actions.fail_run(lease, problem=Problem.SILENT, detail="-90 dBFS")


ENDINGS: list[tuple[Callable[[actions.Lease], None], RunState]] = [
    (actions.complete_run, RunState.COMPLETED),
    (fail, RunState.FAILED),
    (actions.mark_cancelled, RunState.CANCELLED),
]


@pytest.mark.parametrize(("end", "state"), ENDINGS)
def test_an_ending_lets_go_of_the_lease(
    end: Callable[[actions.Lease], None], state: RunState
) -> None:
    lease = actions.claim_run(run_id=RunFactory.create().pk)
    assert lease is not None
    actions.begin_stage(lease, stage=StageName.MEDIA)
    end(lease)
    run = SessionRun.objects.get(pk=lease.run_id)
    assert (run.state, run.lease_token, run.lease_expires_at) == (state, None, None)
    assert run.processing_time_ms is not None


@pytest.mark.parametrize(("end", "state"), ENDINGS)
def test_an_orphan_ends_nothing(end: Callable[[actions.Lease], None], state: RunState) -> None:
    run = RunFactory.create()
    with pytest.raises(actions.LeaseLost):
        end(actions.Lease(run.pk, uuid.uuid4()))
    run.refresh_from_db()
    assert run.state == RunState.QUEUED


def test_only_a_complete_run_becomes_the_report() -> None:
    run = RunFactory.create()
    lease = actions.claim_run(run_id=run.pk)
    assert lease is not None
    fail(lease)
    run.session.refresh_from_db()
    assert run.session.current_run is None
    assert actions.retry_run(run=run)
    lease = actions.claim_run(run_id=run.pk)
    assert lease is not None
    actions.complete_run(lease)
    run.session.refresh_from_db()
    assert run.session.current_run == run


def test_audio_of_earlier_runs_goes_when_a_new_report_is_there(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    first = finished_run()
    second = actions.start_run(session=first.session)
    with django_capture_on_commit_callbacks(execute=True):
        pipeline.execute(second.pk, stages())
    kept = default_storage.listdir(files.session_folder(first.session_id))[1]
    output = second.stages.get(stage="media").output
    assert output is not None
    assert [f"{files.session_folder(first.session_id)}/{name}" for name in kept] == [
        output["audio_name"]
    ]


def test_audio_that_a_later_run_took_over_stays(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    first = finished_run()
    second = actions.start_run(session=first.session, from_stage="rules")
    with django_capture_on_commit_callbacks(execute=True):
        pipeline.execute(second.pk, stages())
    assert len(default_storage.listdir(files.session_folder(first.session_id))[1]) == 1


def test_a_failure_keeps_its_code_and_detail_and_closes_the_stage() -> None:
    lease = actions.claim_run(run_id=RunFactory.create().pk)
    assert lease is not None
    actions.begin_stage(lease, stage=StageName.MEDIA)
    fail(lease)
    run = SessionRun.objects.get(pk=lease.run_id)
    assert (run.problem, run.problem_detail) == ("silent", "-90 dBFS")
    assert run.stages.get().state == "failed"
