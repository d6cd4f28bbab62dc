from __future__ import annotations

import os
import threading
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import django_rq
import pytest
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from accounts_app.models import User
from metrics_app.models import KeptAnswer, Run
from sessions_app import actions, doorbell, partials
from sessions_app.models import (
    LIVE_STATES,
    PracticeSession,
    RunStage,
    RunState,
    SchedulerLease,
    SessionRun,
    Upload,
)
from sessions_app.scheduler import Scheduler, apply_retention, sweep
from tests.deadline import eventually
from tests.factories import RunFactory, SessionFactory, UserFactory
from tests.sessions_app.arriving import arriving
from tests.sessions_app.finished import finished_run
from tests.sessions_app.second_reading import configure

pytestmark = pytest.mark.django_db


def test_rings_for_runs_nobody_holds_once() -> None:
    waiting = RunFactory.create()
    drafting = RunFactory.create(queue="drafts")
    assert set(sweep()) == {waiting.pk, drafting.pk}
    assert doorbell.waiting("default") == {waiting.pk}
    assert doorbell.waiting("drafts") == {drafting.pk}
    assert sweep() == []


def test_rings_when_the_lease_of_a_dead_worker_is_over() -> None:
    run = RunFactory.create()
    actions.claim_run(run_id=run.pk)
    assert sweep() == []
    past = timezone.now() - timedelta(seconds=1)
    SessionRun.objects.update(lease_expires_at=past)
    assert sweep() == [run.pk]


def test_a_run_whose_worker_died_does_not_wait_behind_those_that_came_later() -> None:
    run = RunFactory.create()
    actions.claim_run(run_id=run.pk)
    later = RunFactory.create()
    assert sweep() == [later.pk]
    SessionRun.objects.filter(pk=run.pk).update(
        lease_expires_at=timezone.now() - timedelta(seconds=1)
    )
    assert sweep() == [run.pk]
    rings = django_rq.get_queue("default").jobs
    assert [ring.args for ring in rings] == [(str(run.pk),), (str(later.pk),)]


def test_rings_for_a_run_that_waits_for_the_model_when_its_time_has_come() -> None:
    run = RunFactory.create()
    lease = actions.claim_run(run_id=run.pk)
    assert lease is not None
    actions.wait_for_model(lease, reason="unavailable", retry_after=None)
    assert sweep() == []
    past = timezone.now() - timedelta(seconds=1)
    SessionRun.objects.update(next_try_at=past)
    assert sweep() == [run.pk]


def test_rings_for_embeddings_when_their_time_has_come(settings: Settings) -> None:
    configure(settings)
    run = finished_run()
    assert sweep() == [run.pk]
    assert doorbell.waiting("low") == {run.pk}
    assert sweep() == []
    django_rq.get_queue("low").delete(delete_jobs=True)
    claim = actions.claim_embedding(run_id=run.pk)
    assert claim is not None
    actions.give_up_embedding(claim, for_good=False)
    assert sweep() == []
    past = timezone.now() - timedelta(minutes=2)
    RunStage.objects.filter(stage="embeddings").update(started_at=past)
    assert sweep() == [run.pk]


@pytest.mark.parametrize("state", [s for s in RunState if s not in LIVE_STATES])
def test_leaves_what_is_over_alone(state: RunState) -> None:
    RunFactory.create(state=state)
    assert sweep() == []


def test_a_flushed_queue_is_rung_again() -> None:
    run = RunFactory.create()
    assert sweep() == [run.pk]
    django_rq.get_queue("default").delete(delete_jobs=True)
    assert sweep() == [run.pk]


def test_a_redis_that_is_away_is_waited_for(settings: Settings) -> None:
    settings.RQ_QUEUES = {"default": {"URL": "unix:///nonexistent/redis.sock"}}
    RunFactory.create()
    assert sweep() == []


@pytest.mark.django_db(transaction=True)
def test_removes_recordings_whose_time_is_over(settings: Settings) -> None:
    settings.MEDIA_RETENTION_DAYS = 30
    old, young = (SessionFactory.create(media="sessions/none/recording") for _ in range(2))
    long_ago = timezone.now() - timedelta(days=31)
    PracticeSession.objects.filter(pk=old.pk).update(created_at=long_ago)
    apply_retention()
    old.refresh_from_db()
    young.refresh_from_db()
    assert (bool(old.media), bool(young.media)) == (False, True)


@pytest.mark.django_db(transaction=True)
def test_answers_whose_time_is_over_go(settings: Settings) -> None:
    now, owner = timezone.now(), UserFactory.create()
    for key, expires_at in (("old", now - timedelta(days=1)), ("young", now + timedelta(days=1))):
        KeptAnswer.objects.create(owner_id=owner.pk, key=key, answer="{}", expires_at=expires_at)
    run_until(lambda: not KeptAnswer.objects.filter(key="old").exists())
    assert KeptAnswer.objects.get().key == "young"


@pytest.mark.django_db(transaction=True)
def test_runs_that_ended_without_a_record_get_one() -> None:
    run = finished_run()
    Run.objects.all().delete()
    run_until(lambda: Run.objects.filter(run_id=run.pk, outcome="completed").exists())


@pytest.mark.django_db(transaction=True)
def test_an_account_whose_erasure_was_interrupted_goes(settings: Settings) -> None:
    leaving = SessionFactory.create(owner__leaving_at=timezone.now()).owner
    staying = SessionFactory.create().owner
    run_until(lambda: not User.objects.filter(pk=leaving.pk).exists())
    assert PracticeSession.objects.get().owner == staying


@pytest.mark.django_db(transaction=True)
def test_a_leader_that_dies_is_missed_for_less_than_the_time_between_two_sweeps(
    settings: Settings,
) -> None:
    settings.RING_SECONDS = 100
    ends: list[datetime] = []

    def leads() -> bool:
        held = SchedulerLease.objects.filter(token__isnull=False)
        ends.extend(end for end in held.values_list("expires_at", flat=True) if end)
        return bool(ends)

    run_until(leads)
    assert ends[0] - timezone.now() < timedelta(seconds=61)


@pytest.mark.django_db(transaction=True)
def test_leads_while_it_runs_and_resigns_when_it_stops(settings: Settings) -> None:
    settings.RING_SECONDS = 1
    run = RunFactory.create()
    leads: list[bool] = []

    def rung() -> bool:
        has_rung = doorbell.waiting("default") == {run.pk}
        leads.append(SchedulerLease.objects.filter(token__isnull=False).exists())
        return has_rung

    run_until(rung)
    assert leads[-1]
    assert SchedulerLease.objects.get().token is None


@pytest.mark.django_db(transaction=True)
def test_uploads_that_nobody_took_up_again_go() -> None:
    long_ago = timezone.now() - timedelta(hours=49)
    old, young = arriving(b"abc", touched_at=long_ago), arriving(b"abc")
    run_until(lambda: not Upload.objects.filter(pk=old.pk).exists())
    assert Upload.objects.get() == young
    assert (partials.offset(old.pk), partials.offset(young.pk)) == (None, 3)


@pytest.mark.django_db(transaction=True)
def test_does_hourly_what_others_have_to_do(settings: Settings) -> None:
    settings.RING_SECONDS = 0.1
    done: list[str] = []
    chores = [lambda: done.append("first"), lambda: done.append("second")]
    scheduler = Scheduler(hourly=chores)
    run_until(lambda: SchedulerLease.objects.exists() and len(done) >= 2, scheduler)
    assert done == ["first", "second"]
    assert scheduler.leads


@pytest.mark.django_db(transaction=True)
def test_knows_that_another_one_leads(settings: Settings) -> None:
    settings.RING_SECONDS = 0.1
    actions.lead(token=uuid.uuid4(), seconds=600)
    done: list[str] = []
    scheduler = Scheduler(hourly=[lambda: done.append("by the wrong one")])
    run_until(lambda: not scheduler.leads, scheduler)
    assert done == []


@pytest.mark.django_db(transaction=True)
def test_tidies_its_own_host_whoever_leads(settings: Settings, tmp_path: Path) -> None:
    settings.RING_SECONDS = 0.1
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    actions.lead(token=uuid.uuid4(), seconds=600)
    left = tmp_path / "a.upload"
    left.write_bytes(b"RIFF")
    os.utime(left, (0, 0))
    scheduler = Scheduler()
    run_until(lambda: not left.exists(), scheduler)
    assert not scheduler.leads


@pytest.mark.django_db(transaction=True)
def test_a_long_chore_keeps_it_neither_from_ringing_nor_from_the_lead_nor_from_its_end(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.RING_SECONDS = 0.1
    monkeypatch.setattr("sessions_app.scheduler.LAST_CHORE_SECONDS", 0.1)
    begun, released = threading.Event(), threading.Event()

    def long() -> None:
        begun.set()
        released.wait(60)

    scheduler = Scheduler(hourly=[long])
    try:
        run_until(lambda: begun.is_set() and _rings_and_leads(), scheduler)
        assert SchedulerLease.objects.get().token is None
    finally:
        released.set()


def _rings_and_leads() -> bool:
    """For a run that came in just now, and for longer than at the last look."""
    until = SchedulerLease.objects.get().expires_at
    run = RunFactory.create()
    eventually(lambda: run.pk in doorbell.waiting("default"))
    eventually(lambda: _later(SchedulerLease.objects.get().expires_at, until))
    return True


def _later(this: datetime | None, than: datetime | None) -> bool:
    return this is not None and than is not None and this > than


@pytest.mark.django_db(transaction=True)
def test_a_chore_that_fails_ends_neither_it_nor_the_next_ones(settings: Settings) -> None:
    settings.RING_SECONDS = 0.1
    done: list[str] = []

    def failing() -> None:
        raise KeyError("no error of a database")

    scheduler = Scheduler(hourly=[failing, lambda: done.append("the next one")])
    run_until(lambda: done, scheduler)
    assert scheduler.leads


def run_until(condition: Callable[[], object], scheduler: Scheduler | None = None) -> None:
    """Have a scheduler at work until `condition` holds."""
    scheduler = scheduler or Scheduler()

    def work() -> None:
        scheduler.run()
        connection.close()

    thread = threading.Thread(target=work)
    thread.start()
    try:
        eventually(condition)
    finally:
        scheduler.stop()
        thread.join()
