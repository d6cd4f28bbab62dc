"""What happens to a talk when the processes that work on it are killed. All processes are real."""

from __future__ import annotations

from contextlib import suppress

import psutil
import pytest

from accounts_app.models import User
from sessions_app.models import RunStage, RunState, SessionRun, Transcript
from tests.acceptance.conftest import OwnRedis
from tests.acceptance.system import System
from tests.acceptance.uploading import upload_talk
from tests.deadline import eventually

pytestmark = pytest.mark.django_db(transaction=True)


def drafting(run: SessionRun) -> bool:
    return RunStage.objects.filter(run=run, stage="transcription", state="running").exists()


def ended(run: SessionRun) -> bool:
    run.refresh_from_db()
    return not run.is_live


def assert_finished_once(run: SessionRun) -> None:
    """Completed, with what was finished before the kill neither lost nor repeated."""
    run.refresh_from_db()
    assert run.state == RunState.COMPLETED
    attempts = dict(RunStage.objects.filter(run=run).values_list("stage", "attempt"))
    assert attempts["media"] == 1
    assert Transcript.objects.count() == 1
    assert run.metrics.metrics["word_count"] > 30


def kill_jobs(running: System) -> None:
    for job in running.jobs():
        with suppress(psutil.NoSuchProcess):
            job.kill()


def test_a_killed_job_is_taken_up_again(running: System, speaker: User) -> None:
    run = upload_talk(running.url, speaker)
    eventually(lambda: drafting(run), seconds=240, what="the draft is being made")
    kill_jobs(running)
    eventually(lambda: ended(run), seconds=240, what="the run ends")
    assert_finished_once(run)
    assert run.attempts == 2
    assert run.stages.get(stage="transcription").attempt == 2


def test_a_killed_scheduler_comes_back_and_watches(running: System, speaker: User) -> None:
    run = upload_talk(running.url, speaker)
    eventually(lambda: drafting(run), seconds=240, what="the draft is being made")
    running.scheduler().kill()
    kill_jobs(running)
    eventually(lambda: ended(run), seconds=240, what="the run ends")
    assert_finished_once(run)


def test_an_orphan_of_a_killed_worker_writes_nothing(running: System, speaker: User) -> None:
    run = upload_talk(running.url, speaker)
    eventually(lambda: drafting(run), seconds=240, what="the draft is being made")
    (orphan,) = running.jobs()
    workers = running.workers()
    for worker in workers:
        worker.kill()
    psutil.wait_procs(workers, timeout=20)
    orphan.suspend()  # not before: the system ends a stopped process that loses its parent
    try:
        eventually(lambda: ended(run), seconds=240, what="the run ends")
        assert_finished_once(run)
        finished = run.finished_at
    finally:
        orphan.resume()
    eventually(lambda: not orphan.is_running(), seconds=120, what="the orphan ends")
    assert_finished_once(run)
    assert run.finished_at == finished
    assert "lease lost, nothing more is written" in running.log.read_text()


def test_a_talk_uploaded_while_redis_is_away_is_processed_later(
    running: System, own_redis: OwnRedis, speaker: User
) -> None:
    own_redis.stop()
    run = upload_talk(running.url, speaker)
    assert run.state == RunState.QUEUED
    own_redis.start()
    eventually(lambda: ended(run), seconds=240, what="the run ends")
    assert_finished_once(run)
    assert run.attempts == 1


def test_stopping_hands_the_run_back_at_once(running: System, speaker: User) -> None:
    run = upload_talk(running.url, speaker)
    eventually(lambda: drafting(run), seconds=240, what="the draft is being made")
    assert running.stop() == []
    run.refresh_from_db()
    assert (run.state, run.deaths, run.lease_token) == (RunState.QUEUED, 0, None)
