"""Processes that work on what waits, one talk at a time each, for as long as they are wanted.

They stand for workers, doorbell and scheduler: who is free takes any run whose time has come.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.synchronize import Event
from random import Random
from uuid import UUID

import redis
from django.db import connections

from sessions_app import pipeline, queries
from sessions_app.models import LIVE_STATES, SessionRun
from tests.deadline import eventually
from tests.environment import REDIS_URL

LOOK_SECONDS = 0.02
AT_ONCE = 16  # runs looked at, so that not all want the same
ENDING = 120.0  # seconds for the talk that one is at

logger = logging.getLogger(__name__)


@contextmanager
def workers(count: int) -> Iterator[None]:
    """Forked, with all that is imported and set. Raises `AssertionError` when one of them broke."""
    connections.close_all()
    forking = multiprocessing.get_context("fork")
    over = forking.Event()
    started = [forking.Process(target=_work, args=(over, os.getpid())) for _ in range(count)]
    for each in started:
        each.start()
    try:
        yield
    finally:
        over.set()
        for each in started:
            each.join(ENDING)
            each.kill()
    assert not any(each.exitcode for each in started), [each.exitcode for each in started]


def until_over(seconds: float) -> None:
    """No run is live any more."""
    eventually(lambda: not live_runs(), seconds=seconds, what="all talks have ended")


def live_runs() -> int:
    return SessionRun.objects.filter(state__in=LIVE_STATES).count()


def forget_everything() -> None:
    """In Redis: rings, budgets, breakers."""
    with redis.Redis.from_url(REDIS_URL) as client:
        client.flushall()


def _work(over: Event, parent: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    random = Random(os.getpid())
    while not over.is_set() and os.getppid() == parent:
        run = _due(random)
        if run is None:
            over.wait(LOOK_SECONDS)
            continue
        run_id, title = run
        os.environ["OPENAI_PROJECT_ID"] = title  # by which the server's log tells talks apart
        pipeline.execute(run_id)


def _due(random: Random) -> tuple[UUID, str] | None:
    waiting = queries.unattended_runs().order_by("queued_at")
    found = list(waiting.values_list("pk", "session__title")[:AT_ONCE])
    return random.choice(found) if found else None
