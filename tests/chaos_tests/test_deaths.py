from __future__ import annotations

import os
import subprocess
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from sessions_app import actions
from sessions_app.models import RunState, SessionRun
from tests.chaos.deaths import DeathWatch
from tests.factories import RunFactory

pytestmark = pytest.mark.django_db


def held(pid: int) -> SessionRun:
    """A run in the hands of a process."""
    return RunFactory.create(
        state=RunState.PROCESSING,
        lease_token=uuid.uuid4(),
        lease_expires_at=timezone.now() + timedelta(hours=1),
        worker=f"here:{pid}",
        attempts=1,
    )


def change(run: SessionRun, **values: Any) -> None:
    SessionRun.objects.filter(pk=run.pk).update(**values)


@pytest.fixture
def gone() -> int:
    """The number of a process that has ended."""
    process = subprocess.Popen(["true"])
    process.wait()
    return process.pid


def test_a_run_whose_holder_lives_has_not_died() -> None:
    held(os.getpid())
    watch = DeathWatch()
    watch.look()
    assert watch.deaths == []


def test_a_holder_that_nobody_buried_is_dead() -> None:
    zombie = subprocess.Popen(["true"])
    os.waitid(os.P_PID, zombie.pid, os.WEXITED | os.WNOWAIT)
    held(zombie.pid)
    watch = DeathWatch()
    watch.look()
    zombie.wait()
    assert len(watch.deaths) == 1


def test_a_death_is_counted_once_and_lasts_until_another_one_has_the_run(gone: int) -> None:
    run, watch = held(gone), DeathWatch()
    watch.look()
    watch.look()
    (death,) = watch.deaths
    assert (death.run_id, death.seconds) == (run.pk, None)
    change(run, lease_expires_at=timezone.now() - timedelta(seconds=1))
    assert actions.claim_run(run_id=run.pk)
    watch.look()
    assert len(watch.deaths) == 1
    assert death.seconds is not None


def test_a_run_that_ended_lies_no_longer(gone: int) -> None:
    run, watch = held(gone), DeathWatch()
    watch.look()
    change(run, state=RunState.CANCELLED, lease_token=None)
    watch.look()
    assert watch.deaths[0].seconds is not None


def test_the_next_holder_may_die_as_well(gone: int) -> None:
    run, watch = held(gone), DeathWatch()
    watch.look()
    change(run, lease_token=uuid.uuid4(), attempts=2)
    watch.look()
    assert [death.restarted_at is None for death in watch.deaths] == [False, True]
