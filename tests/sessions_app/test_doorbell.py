from __future__ import annotations

import uuid

import django_rq
import pytest
from pytest_django import Settings

from sessions_app import doorbell


def test_a_ring_is_a_job_that_names_the_run() -> None:
    run_id = uuid.uuid4()
    assert doorbell.ring(run_id, "drafts")
    (job,) = django_rq.get_queue("drafts").jobs
    assert (job.func_name, job.args) == ("sessions_app.jobs.process_run", (str(run_id),))
    assert job.timeout == 90 * 60
    assert doorbell.waiting("drafts") == {run_id}
    assert doorbell.waiting("default") == set()


def test_the_queue_of_low_priority_embeds() -> None:
    doorbell.ring(uuid.uuid4(), "low")
    (job,) = django_rq.get_queue("low").jobs
    assert job.func_name == "sessions_app.jobs.embed_run"


def test_ringing_twice_is_harmless() -> None:
    run_id = uuid.uuid4()
    doorbell.ring(run_id, "default")
    doorbell.ring(run_id, "default")
    assert doorbell.waiting("default") == {run_id}


def test_jobs_of_others_on_the_same_queue_are_ignored() -> None:
    django_rq.get_queue("default").enqueue("os.getpid", job_id="not-ours_1")
    assert doorbell.waiting("default") == set()


def test_a_redis_that_is_away_is_no_error(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.RQ_QUEUES = {"default": {"URL": "unix:///nonexistent/redis.sock"}}
    assert not doorbell.ring(uuid.uuid4(), "default")
    assert "the scheduler rings later" in caplog.text
