from __future__ import annotations

import threading
import uuid
from typing import NoReturn

import pytest
from django.db import OperationalError
from pytest_django import Settings

from sessions_app import actions, handback
from sessions_app.heartbeat import HandBack, Heartbeat, RunCancelled
from sessions_app.models import SessionRun
from sessions_app.stages.problems import Problem, StageProblem
from tests.deadline import eventually
from tests.factories import RunFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def fast_heartbeat(settings: Settings) -> None:
    settings.HEARTBEAT_SECONDS = 0.01


@pytest.fixture
def lease() -> actions.Lease:
    lease = actions.claim_run(run_id=RunFactory.create().pk)
    assert lease is not None
    return lease


def expiry(lease: actions.Lease) -> object:
    return SessionRun.objects.values_list("lease_expires_at", flat=True).get(pk=lease.run_id)


def raises(heartbeat: Heartbeat, error: type[Exception]) -> bool:
    try:
        heartbeat.check()
    except error:
        return True
    return False


def test_renews_while_the_work_goes_on(lease: actions.Lease) -> None:
    before = expiry(lease)
    with Heartbeat(lease, deadline_seconds=60) as heartbeat:
        eventually(lambda: expiry(lease) != before)
        heartbeat.check()


def test_tells_of_a_cancel(lease: actions.Lease) -> None:
    with Heartbeat(lease, deadline_seconds=60) as heartbeat:
        SessionRun.objects.update(cancel_requested=True)
        eventually(lambda: raises(heartbeat, RunCancelled))


def test_tells_of_a_lost_lease(lease: actions.Lease) -> None:
    with Heartbeat(lease, deadline_seconds=60) as heartbeat:
        SessionRun.objects.update(lease_token=uuid.uuid4())
        eventually(lambda: raises(heartbeat, actions.LeaseLost))


def test_renews_by_itself_when_the_thread_was_starved(
    lease: actions.Lease, settings: Settings
) -> None:
    settings.HEARTBEAT_SECONDS = 60
    with Heartbeat(lease, deadline_seconds=60) as heartbeat:
        before = expiry(lease)
        heartbeat.check()
        assert expiry(lease) == before
        settings.LEASE_SECONDS = 2

        def renewed() -> bool:
            heartbeat.check()
            return expiry(lease) != before

        eventually(renewed)


def test_gives_up_when_it_could_not_renew_for_a_whole_lease(
    lease: actions.Lease, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(lease: actions.Lease) -> NoReturn:
        raise OperationalError("the database is away")

    with Heartbeat(lease, deadline_seconds=60) as heartbeat:
        monkeypatch.setattr(actions, "renew_lease", away)
        heartbeat.check()
        settings.LEASE_SECONDS = 0
        with pytest.raises(actions.LeaseLost):
            heartbeat.check()


def test_passes_on_the_wish_to_hand_back(
    lease: actions.Lease, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handback, "_requested", threading.Event())
    with Heartbeat(lease, deadline_seconds=60) as heartbeat:
        heartbeat.check()
        handback.request()
        with pytest.raises(HandBack):
            heartbeat.check()


def test_ends_the_run_at_its_deadline(lease: actions.Lease) -> None:
    with (
        Heartbeat(lease, deadline_seconds=0) as heartbeat,
        pytest.raises(StageProblem) as caught,
    ):
        heartbeat.check()
    assert caught.value.problem is Problem.RUN_DEADLINE
