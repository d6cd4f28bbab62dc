"""The process that watches: it rings again for runs that no living worker holds and whose time
has come.

Several may run; one leads, by a lease in the database. It is never a job on a queue, where it
would die with what it watches.
"""

from __future__ import annotations

import logging
import time
import uuid
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection
from redis.exceptions import RedisError

from metrics_app.record import purge_answers
from sessions_app import actions, doorbell, queries
from sessions_app.chores import Chores
from sessions_app.retention import expired_talks, stale_uploads
from sessions_app.tidying import tidy_bucket, tidy_files, tidy_partials, tidy_uploads

logger = logging.getLogger(__name__)

LOOK_SECONDS = 0.2
TURNS: Final = 5  # of looking who leads, between two sweeps
LEAD_TURNS: Final = 3  # without a sign of life, after which another one leads
LAST_CHORE_SECONDS: Final = 2.0  # less than `up` gives a program that it asked to end


def sweep() -> list[UUID]:
    """Ring once for every unattended run, and for finished ones whose embeddings are due, that
    have no ring waiting; returns those rung for.
    """
    by_queue: dict[str, dict[UUID, bool]] = defaultdict(dict)
    unattended = queries.unattended_runs().values_list("pk", "queue", "lease_token")
    for run_id, queue, token in unattended:
        by_queue[queue][run_id] = token is not None
    if due := queries.due_embeddings().values_list("run", flat=True):
        by_queue[doorbell.LOW] = dict.fromkeys(due, False)
    return [run_id for queue, runs in by_queue.items() for run_id in _ring_missing(queue, runs)]


def _ring_missing(queue: str, runs: Mapping[UUID, bool]) -> list[UUID]:
    """`runs` by whether their worker died: whoever waited for these had their turn already."""
    try:
        waiting = doorbell.waiting(queue)
    except RedisError as error:
        logger.warning("queue %s not reached: %s", queue, error)
        return []
    return [
        run
        for run, interrupted in runs.items()
        if run not in waiting and doorbell.ring(run, queue, first=interrupted)
    ]


def apply_retention() -> None:
    """Remove the recordings that are older than the server, or their owner, keeps them."""
    for session in expired_talks():
        with suppress(actions.RunInProgress):  # its turn comes when the run has ended
            actions.delete_media(session=session)
            logger.info("session %s: recording removed, its retention time is over", session.pk)


def drop_stale_uploads() -> None:
    """Remove what nobody has touched for `UPLOAD_KEEP_HOURS`."""
    for upload in actions.drop_uploads(uploads=stale_uploads()):
        logger.info("upload %s removed: its time is over", upload)


def finish_erasures() -> None:
    """Complete what was asked for and interrupted, and forget who has gone."""
    for user_id in actions.finish_erasures():
        logger.info("account %s: erased", user_id)
    actions.forget_strangers()


def record_ends() -> None:
    """Record how runs ended whose end could not be recorded with it."""
    for run_id in actions.record_missing():
        logger.info("run %s: its end was not recorded until now", run_id)


CHORES: Final = (
    apply_retention,
    drop_stale_uploads,
    purge_answers,
    record_ends,
    tidy_files,
    tidy_bucket,
    finish_erasures,
)
OF_THIS_HOST: Final = (tidy_uploads, tidy_partials)
"""What is on its own disk, whoever leads."""


class Scheduler:
    """While it leads: sweeps every `RING_SECONDS`, cleans up every hour, and then does what others
    have to do: `hourly`. What is hourly may take its time: it is done beside the sweeping. Its own
    host it cleans up in any case.

    `leads` is what was known last: while the database is away nobody can say.
    """

    def __init__(self, hourly: Sequence[Callable[[], object]] = ()) -> None:
        self.leads = True
        self._token = uuid.uuid4()
        self._stopping = False
        self._sweep_at = 0.0
        self._chores = Chores([*CHORES, *hourly], wanted=lambda: self.leads and not self._stopping)
        self._own_chores = Chores(OF_THIS_HOST, wanted=lambda: not self._stopping)

    def stop(self) -> None:
        """Safe to call from a signal handler: sets a flag, takes no lock."""
        self._stopping = True

    def run(self) -> None:
        while not self._stopping:
            self._tick()
            self._wait(settings.RING_SECONDS / TURNS)
        self._chores.wait(LAST_CHORE_SECONDS)
        self._own_chores.wait(LAST_CHORE_SECONDS)
        with suppress(DatabaseError, InterfaceError):  # then the lease ends by itself
            actions.resign(token=self._token)

    def _wait(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        while not self._stopping and time.monotonic() < end:
            time.sleep(LOOK_SECONDS)

    def _tick(self) -> None:
        try:
            lasting = LEAD_TURNS * settings.RING_SECONDS / TURNS
            self.leads = actions.lead(token=self._token, seconds=lasting)
            self._own_chores.begin_if_due()
            if self.leads and time.monotonic() >= self._sweep_at:
                self._sweep_at = time.monotonic() + settings.RING_SECONDS
                self._watch()
        except (DatabaseError, InterfaceError) as error:
            logger.warning("database not reached: %s", error)
            connection.close()

    def _watch(self) -> None:
        for run_id in sweep():
            logger.info("run %s: rung again", run_id)
        self._chores.begin_if_due()
