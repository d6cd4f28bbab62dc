"""What waits in one queue, and who works on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from redis import Redis
from rq.job import Job
from rq.queue import Queue
from rq.utils import as_text, utcparse
from rq.worker_registration import get_keys


@dataclass(frozen=True, slots=True)
class QueueState:
    """`oldest_seconds`: how long the first in line has waited; `None` when nobody waits.

    `workers` that live: RQ lets the key of one vanish that gives no sign of life, for those that
    `up` starts after 90 s.
    """

    name: str
    waiting: int
    oldest_seconds: float | None
    workers: int


def queue_state(name: str, redis: Redis) -> QueueState:
    """Raises `RedisError`."""
    queue = Queue(name, connection=redis)
    return QueueState(name, queue.count, _oldest_seconds(queue), _living_workers(queue))


def _oldest_seconds(queue: Queue) -> float | None:
    """`None` also for a job that somebody took or deleted just now."""
    for job_id in queue.get_job_ids(offset=0, length=1):
        since = queue.connection.hget(Job.key_for(job_id), "enqueued_at")
        if since:
            waited = datetime.now(UTC) - utcparse(as_text(since))
            return max(0.0, waited.total_seconds())
    return None


def _living_workers(queue: Queue) -> int:
    """Those that said goodbye are off the list, of the others the key that lives counts."""
    keys = get_keys(queue)
    return int(queue.connection.exists(*keys)) if keys else 0
