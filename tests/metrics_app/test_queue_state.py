from __future__ import annotations

import pytest
from redis import Redis
from rq.queue import Queue
from rq.worker import Worker

from metrics_app.queue_state import queue_state


def worker_of(queue: str, redis: Redis) -> Worker:
    worker = Worker([queue], connection=redis)
    worker.register_birth()  # type: ignore[no-untyped-call]
    return worker


def test_a_worker_counts_for_its_own_queue(redis_client: Redis) -> None:
    worker_of("default", redis_client)
    assert queue_state("default", redis_client).workers == 1
    assert queue_state("low", redis_client).workers == 0


def test_one_that_said_goodbye_counts_no_more(redis_client: Redis) -> None:
    worker_of("default", redis_client)
    worker_of("default", redis_client).register_death()  # type: ignore[no-untyped-call]
    assert queue_state("default", redis_client).workers == 1


def test_one_that_gave_no_sign_of_life_for_long_counts_no_more(redis_client: Redis) -> None:
    killed = worker_of("default", redis_client)
    redis_client.delete(killed.key)  # as its end comes, unless it gives a sign of life
    assert queue_state("default", redis_client).workers == 0


def test_a_busy_worker_lives(redis_client: Redis) -> None:
    busy = worker_of("default", redis_client)
    busy.heartbeat(90)
    assert queue_state("default", redis_client).workers == 1


def test_a_job_deleted_while_it_waited_has_no_age(redis_client: Redis) -> None:
    queue = Queue("default", connection=redis_client)
    redis_client.delete(queue.enqueue("somebody.works").key)
    state = queue_state("default", redis_client)
    assert (state.waiting, state.oldest_seconds) == (1, None)


def test_the_oldest_is_the_first_in_line(redis_client: Redis) -> None:
    queue = Queue("default", connection=redis_client)
    for _ in range(3):
        queue.enqueue("somebody.works")
    assert queue_state("default", redis_client).oldest_seconds == pytest.approx(0, abs=5)
