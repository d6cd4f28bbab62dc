"""Two transactions at once on one talk, on real connections of either database."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from sessions_app import actions
from sessions_app.actions.leases import fenced
from sessions_app.models import (
    PracticeSession,
    RunStage,
    RunState,
    SessionRun,
    SimilarMoment,
    Transcript,
)
from sessions_app.stages.outputs import EmbeddingsOutput, Match, PassageVector, StageName
from tests.factories import RunFactory
from tests.sessions_app.finished import finished_run
from tests.sessions_app.samples import TRANSCRIPTION
from tests.sessions_app.second_reading import configure

pytestmark = pytest.mark.django_db(transaction=True)


class Together(threading.Thread):
    """Runs `work` on a connection of its own; `join` raises what it raised."""

    def __init__(self, work: Callable[[], object]) -> None:
        super().__init__()
        self._work = work
        self._error: Exception | None = None

    def run(self) -> None:
        try:
            self._work()
        except Exception as error:  # noqa: BLE001 - handed to join
            self._error = error
        finally:
            connection.close()

    def join(self, timeout: float | None = None) -> None:
        super().join(timeout)
        assert not self.is_alive()
        if self._error:
            raise self._error


def at_once(*works: Callable[[], object]) -> None:
    threads = [Together(work) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)


def claimed() -> tuple[SessionRun, actions.Lease]:
    run = RunFactory.create()
    lease = actions.claim_run(run_id=run.pk)
    assert lease is not None
    actions.begin_stage(lease, stage=StageName.TRANSCRIPTION)
    return run, lease


def test_deleting_waits_for_a_worker_that_is_saving() -> None:
    run, lease = claimed()
    inside, deleting = threading.Event(), threading.Event()

    def save() -> None:
        with fenced(lease) as mine:
            inside.set()
            deleting.wait(20)
            row = RunStage.objects.get(run=mine)
            actions.save_transcription(mine, row, TRANSCRIPTION)

    def delete() -> None:
        inside.wait(20)
        deleting.set()
        actions.delete_session(session=run.session)

    at_once(save, delete)
    assert not PracticeSession.objects.exists()
    assert not Transcript.objects.exists()
    with pytest.raises(actions.LeaseLost):
        actions.begin_stage(lease, stage=StageName.RULES)


def test_completing_and_deleting_at_once_end_without_a_deadlock() -> None:
    run, lease = claimed()
    barrier = threading.Barrier(2)

    def complete() -> None:
        barrier.wait(20)
        with suppress(actions.LeaseLost):  # when the deletion was first
            actions.complete_run(lease)

    def delete() -> None:
        barrier.wait(20)
        actions.delete_session(session=run.session)

    at_once(complete, delete)
    assert not PracticeSession.objects.exists()


def test_starting_and_retrying_at_once_leave_one_live_run() -> None:
    run = RunFactory.create(state=RunState.FAILED)
    barrier = threading.Barrier(2)

    def start() -> None:
        barrier.wait(20)
        with suppress(actions.RunInProgress):  # when the retry was first
            actions.start_run(session=run.session)

    def retry() -> None:
        barrier.wait(20)
        actions.retry_run(run=run)

    at_once(start, retry)
    live = SessionRun.objects.filter(state__in=(RunState.QUEUED, RunState.PROCESSING))
    assert live.count() == 1


def test_cancelling_and_beginning_to_wait_at_once_leave_a_cancelled_run() -> None:
    run, lease = claimed()
    barrier = threading.Barrier(2)

    def wait() -> None:
        barrier.wait(20)
        actions.wait_for_model(lease, reason="unavailable", retry_after=None)

    def cancel() -> None:
        barrier.wait(20)
        actions.cancel_run(run=run)

    at_once(wait, cancel)
    run.refresh_from_db()
    assert (run.state, run.lease_token) == (RunState.CANCELLED, None)


def test_two_workers_at_once_take_a_waiting_run_once() -> None:
    run, lease = claimed()
    actions.wait_for_model(lease, reason="unavailable", retry_after=None)
    past = timezone.now() - timedelta(seconds=1)
    SessionRun.objects.filter(pk=run.pk).update(next_try_at=past)
    barrier = threading.Barrier(2)
    taken: list[actions.Lease | None] = []

    def take() -> None:
        barrier.wait(20)
        taken.append(actions.claim_run(run_id=run.pk))

    at_once(take, take)
    assert sum(lease is not None for lease in taken) == 1


def test_two_workers_at_once_take_up_embeddings_once(settings: Settings) -> None:
    configure(settings)
    run = finished_run()
    barrier = threading.Barrier(2)
    taken: list[actions.EmbeddingClaim | None] = []

    def take() -> None:
        barrier.wait(20)
        taken.append(actions.claim_embedding(run_id=run.pk))

    at_once(take, take)
    assert sum(claim is not None for claim in taken) == 1


def test_storing_what_is_like_a_talk_and_deleting_that_talk_at_once(settings: Settings) -> None:
    configure(settings)
    first = finished_run()
    later = finished_run(session__owner=first.session.owner)
    save(first)
    earlier = first.passages.get()
    barrier = threading.Barrier(2)

    def store() -> None:
        barrier.wait(20)
        save(later, Match(0, earlier.pk, 0.9))

    def delete() -> None:
        barrier.wait(20)
        actions.delete_session(session=first.session)

    at_once(store, delete)
    assert later.passages.count() == 1
    assert not SimilarMoment.objects.exists()


def save(run: SessionRun, *matches: Match) -> None:
    claim = actions.claim_embedding(run_id=run.pk)
    assert claim is not None
    vector = PassageVector(0, 3, "Um, hello there.", 0, (1.0, 0.5))
    output = EmbeddingsOutput("little", (vector,))
    assert actions.save_embedding(claim, output=output, matches=matches)


def test_a_retake_made_while_its_first_attempt_is_deleted_is_linked_to_the_next() -> None:
    owner = finished_run().session.owner

    def attempt(retake_of: PracticeSession | None = None) -> PracticeSession:
        return actions.create_session(
            owner=owner, title="A pitch", language="en", kind="pitch", retake_of=retake_of
        )

    def race() -> None:
        first = attempt()
        second = attempt(first)
        made: list[PracticeSession] = []
        at_once(lambda: actions.delete_session(session=first), lambda: made.append(attempt(second)))
        links = PracticeSession.objects.values_list("retake_of", flat=True)
        assert links.get(pk=made[0].pk) == second.pk
        assert links.get(pk=second.pk) is None

    for _ in range(6):
        race()
