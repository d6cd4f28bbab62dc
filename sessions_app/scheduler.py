"""The process that watches: it rings again for runs that no living worker holds.

Several may run; one leads, by a lease in the database. It is never a job on a queue, where it
would die with what it watches.
"""

from __future__ import annotations

import logging
import threading
import uuid
from collections import defaultdict
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection
from redis.exceptions import RedisError

from sessions_app import actions, doorbell, queries

logger = logging.getLogger(__name__)


def sweep() -> list[UUID]:
    """Ring once for every unattended run that has no ring waiting; returns those rung for."""
    by_queue: dict[str, list[UUID]] = defaultdict(list)
    for run_id, queue in queries.unattended_runs().values_list("pk", "queue"):
        by_queue[queue].append(run_id)
    return [run_id for queue, runs in by_queue.items() for run_id in _ring_missing(queue, runs)]


def _ring_missing(queue: str, runs: list[UUID]) -> list[UUID]:
    try:
        waiting = doorbell.waiting(queue)
    except RedisError as error:
        logger.warning("queue %s not reached: %s", queue, error)
        return []
    return [run for run in runs if run not in waiting and doorbell.ring(run, queue)]


class Scheduler:
    """Sweeps every `RING_SECONDS` while it leads."""

    def __init__(self) -> None:
        self._token = uuid.uuid4()
        self._stop = threading.Event()

    def stop(self) -> None:
        self._stop.set()

    def run(self) -> None:
        while not self._stop.is_set():
            self._tick()
            self._stop.wait(settings.RING_SECONDS)
        actions.resign(token=self._token)

    def _tick(self) -> None:
        try:
            if actions.lead(token=self._token, seconds=2 * settings.RING_SECONDS):
                for run_id in sweep():
                    logger.info("run %s: rung again", run_id)
        except (DatabaseError, InterfaceError) as error:
            logger.warning("database not reached: %s", error)
            connection.close()
