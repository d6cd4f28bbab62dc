from __future__ import annotations

from typing import Any

import django_rq
import pytest
from django.core import mail
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings
from rq import SimpleWorker

from sessions_app import actions, pipeline
from sessions_app.models import SessionRun
from sessions_app.stages.context import Check, RunContext
from sessions_app.stages.problems import InputProblem, Problem
from tests.factories import RunFactory
from tests.sessions_app.finished import finished_run
from tests.sessions_app.samples import stages

pytestmark = pytest.mark.django_db


def wanting(**fields: Any) -> dict[str, Any]:
    return {"session__owner__mail_when_done": True, **fields}


def asked_for() -> list[str]:
    """Runs whose mail is waiting for a worker."""
    jobs = django_rq.get_queue("low").jobs
    return [job.args[0] for job in jobs if job.func_name == "sessions_app.jobs.mail_run"]


def fail(context: RunContext, check: Check) -> None:
    raise InputProblem(Problem.NO_SPEECH)


def executed(run: SessionRun, on_commit: DjangoCaptureOnCommitCallbacks, **own: object) -> None:
    with on_commit(execute=True):
        pipeline.execute(run.pk, stages(**own))  # type: ignore[arg-type]


def test_the_first_report_is_mailed_to_who_wants_it(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    run = RunFactory.create(**wanting())
    executed(run, django_capture_on_commit_callbacks)
    executed(RunFactory.create(), django_capture_on_commit_callbacks)
    assert asked_for() == [str(run.pk)]


def test_later_reports_on_a_talk_are_not(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    first = finished_run(**wanting())
    django_rq.get_queue("low").delete(delete_jobs=True)
    first.session.refresh_from_db()
    again = actions.start_run(session=first.session)
    executed(again, django_capture_on_commit_callbacks)
    again.refresh_from_db()
    assert again.state == "completed"
    assert asked_for() == []


def test_a_talk_that_gets_no_report_is_mailed_too(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    run = RunFactory.create(**wanting())
    executed(run, django_capture_on_commit_callbacks, transcription=fail)
    assert asked_for() == [str(run.pk)]


def test_a_talk_whose_work_was_given_up_is_mailed_too(
    settings: Settings, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    run = RunFactory.create(deaths=settings.QUARANTINE_DEATHS, **wanting())
    with django_capture_on_commit_callbacks(execute=True):
        assert actions.claim_run(run_id=run.pk) is None
    assert asked_for() == [str(run.pk)]


def test_a_run_that_nobody_waits_for_any_more_is_not(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    run = RunFactory.create(**wanting())
    lease = actions.claim_run(run_id=run.pk)
    assert lease is not None
    with django_capture_on_commit_callbacks(execute=True):
        actions.mark_cancelled(lease)
    assert asked_for() == []


def test_without_a_redis_the_report_is_there_all_the_same(
    settings: Settings, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    queues = {name: {"URL": "unix:///nonexistent/redis.sock"} for name in settings.RQ_QUEUES}
    settings.RQ_QUEUES = queues
    run = RunFactory.create(**wanting())
    executed(run, django_capture_on_commit_callbacks)
    run.refresh_from_db()
    assert run.state == "completed"


@pytest.mark.django_db(transaction=True)
def test_a_worker_sends_what_was_asked_for() -> None:
    run = finished_run(**wanting(session__title="Bees"))
    queue = django_rq.get_queue("low")
    SimpleWorker([queue], connection=queue.connection).work(burst=True)
    (message,) = mail.outbox
    assert message.subject.startswith("Your report is ready: talk of ")
    assert run.session.owner.email in message.to
