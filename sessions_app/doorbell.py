"""The queues as doorbells: they tell a worker to look at a run and hold nothing themselves."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Collection
from contextlib import suppress
from uuid import UUID

import django_rq
from django.conf import settings
from redis.exceptions import RedisError
from rq.exceptions import NoSuchJobError
from rq.job import Job
from rq.queue import Queue

logger = logging.getLogger(__name__)

DEFAULT = "default"
DRAFTS = "drafts"  # have workers of their own: an hour of speech holds a core for many minutes
BULK = "bulk"  # many talks at once, by whoever runs the server; nobody sits and waits
LOW = "low"  # what nobody waits for
PROCESS = "sessions_app.jobs.process_run"
EMBED = "sessions_app.jobs.embed_run"
MAIL = "sessions_app.jobs.mail_run"
FAILURE_TTL_SECONDS = 7 * 24 * 3600


def ring(run_id: UUID, queue: str, *, first: bool = False) -> bool:
    """Ask a worker of `queue` to look at the run; `first`: before all that wait. A deaf Redis is no
    error: `False`, rung later.
    """
    try:
        django_rq.get_queue(queue).enqueue(
            EMBED if queue == LOW else PROCESS,
            str(run_id),
            job_id=f"{run_id}_{secrets.token_hex(4)}",
            result_ttl=0,
            failure_ttl=FAILURE_TTL_SECONDS,
            at_front=first,
        )
    except RedisError as error:
        logger.warning("run %s: queue not reached (%s), the scheduler rings later", run_id, error)
        return False
    return True


def ring_for_mail(run_id: UUID) -> None:
    """Ask for the mail about a run that has ended. A deaf Redis costs the mail."""
    try:
        django_rq.get_queue(LOW).enqueue(
            MAIL, str(run_id), result_ttl=0, failure_ttl=FAILURE_TTL_SECONDS
        )
    except RedisError as error:
        logger.warning("run %s: queue not reached (%s), nobody is told by mail", run_id, error)


def waiting(queue: str) -> set[UUID]:
    """Runs with a ring nobody has answered yet. Raises `RedisError` when Redis is away."""
    rings = (_run_of(job_id) for job_id in django_rq.get_queue(queue).job_ids)
    return {run_id for run_id in rings if run_id is not None}


def forget(run_ids: Collection[UUID]) -> None:
    """Remove the jobs of runs that are deleted, failed ones with what they say of their failure. A
    deaf Redis forgets them after `FAILURE_TTL_SECONDS`.
    """
    try:
        for name in settings.RQ_QUEUES:
            _forget(django_rq.get_queue(name), set(run_ids))
    except RedisError as error:
        logger.warning("jobs of %s deleted runs stay for a while: %s", len(run_ids), error)


def _forget(queue: Queue, run_ids: set[UUID]) -> None:
    for job_id in {*queue.job_ids, *queue.failed_job_registry.get_job_ids()}:
        if _run_of(job_id) in run_ids:
            with suppress(NoSuchJobError):
                Job.fetch(job_id, connection=queue.connection).delete()


def _run_of(job_id: str) -> UUID | None:
    """`None` for a job of somebody else who shares the queue."""
    try:
        return UUID(job_id.split("_", maxsplit=1)[0])
    except ValueError:
        return None
