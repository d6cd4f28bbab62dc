from __future__ import annotations

import uuid
from collections.abc import Callable

import pytest

from sessions_app import actions
from sessions_app.models import RunState, SessionRun
from sessions_app.stages.outputs import StageName
from sessions_app.stages.problems import Problem
from tests.factories import RunFactory

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


def test_a_failure_keeps_its_code_and_detail_and_closes_the_stage() -> None:
    lease = actions.claim_run(run_id=RunFactory.create().pk)
    assert lease is not None
    actions.begin_stage(lease, stage=StageName.MEDIA)
    fail(lease)
    run = SessionRun.objects.get(pk=lease.run_id)
    assert (run.problem, run.problem_detail) == ("silent", "-90 dBFS")
    assert run.stages.get().state == "failed"
