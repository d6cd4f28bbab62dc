from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from sessions_app import actions
from sessions_app.actions.leases import fenced
from sessions_app.models import LIVE_STATES, RunState, SessionRun
from tests.factories import RunFactory

pytestmark = pytest.mark.django_db


def claim(run: SessionRun) -> actions.Lease:
    lease = actions.claim_run(run_id=run.pk)
    assert lease is not None
    return lease


def expire(run: SessionRun) -> None:
    past = timezone.now() - timedelta(seconds=1)
    SessionRun.objects.filter(pk=run.pk).update(lease_expires_at=past)


def test_claims_a_waiting_run_once() -> None:
    run = RunFactory.create()
    lease = claim(run)
    assert actions.claim_run(run_id=run.pk) is None
    run.refresh_from_db()
    assert (run.state, run.lease_token, run.attempts) == (RunState.PROCESSING, lease.token, 1)
    assert run.started_at is not None
    assert run.lease_expires_at is not None
    assert run.lease_expires_at > timezone.now()


@pytest.mark.parametrize("state", [s for s in RunState if s not in LIVE_STATES])
def test_claims_nothing_that_is_over(state: RunState) -> None:
    assert actions.claim_run(run_id=RunFactory.create(state=state).pk) is None


def test_takes_over_from_a_dead_worker_and_counts_the_death() -> None:
    run = RunFactory.create()
    first = claim(run)
    expire(run)
    second = claim(run)
    run.refresh_from_db()
    assert (run.deaths, run.attempts) == (1, 2)
    assert not actions.renew_lease(first).held
    assert actions.renew_lease(second).held


def test_quarantines_after_three_deaths_in_a_row() -> None:
    run = RunFactory.create()
    for _ in range(3):
        claim(run)
        expire(run)
    assert actions.claim_run(run_id=run.pk) is None
    run.refresh_from_db()
    assert (run.state, run.deaths, run.lease_token) == (RunState.QUARANTINED, 3, None)
    assert run.finished_at is not None


def test_a_cancel_goes_before_quarantine() -> None:
    run = RunFactory.create(deaths=3, cancel_requested=True)
    claim(run)


def test_handing_back_is_no_death() -> None:
    run = RunFactory.create()
    for _ in range(5):
        actions.hand_back(claim(run))
    run.refresh_from_db()
    assert (run.state, run.deaths, run.lease_token) == (RunState.QUEUED, 0, None)


def test_a_recorded_death_frees_the_run_at_once() -> None:
    run = RunFactory.create()
    actions.record_death(claim(run), cause="MemoryError")
    run.refresh_from_db()
    assert (run.deaths, run.problem_detail) == (1, "MemoryError")
    claim(run)


def test_renewing_extends_the_lease_and_tells_of_a_cancel() -> None:
    run = RunFactory.create()
    lease = claim(run)
    expire(run)
    assert actions.renew_lease(lease) == actions.Pulse(held=True, cancel_requested=False)
    run.refresh_from_db()
    assert run.lease_expires_at is not None
    assert run.lease_expires_at > timezone.now()
    actions.cancel_run(run=run)
    assert actions.renew_lease(lease).cancel_requested


def test_only_the_holder_passes_the_fence() -> None:
    run = RunFactory.create()
    lease = claim(run)
    with fenced(lease) as mine:
        assert mine.pk == run.pk
    with pytest.raises(actions.LeaseLost), fenced(actions.Lease(run.pk, uuid.uuid4())):
        pytest.fail("the body of a fenced transaction must not run without the lease")
