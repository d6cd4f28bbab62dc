"""A Speech Coach to be measured: database, Redis and workers as `manage.py up` starts them."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace

import django_rq
from django.conf import settings
from django.core.management import call_command

from benchmarks.waiting import until_ready
from sessions_app import doorbell
from speechcoach import processes, programs, redis_server
from speechcoach.processes import Program
from tests.environment import DATA_DIR, REDIS_SOCKET, REDIS_URL

ENDING = 20.0  # seconds
QUEUES = (doorbell.DEFAULT, doorbell.LOW)  # runs, and embeddings after them


@contextmanager
def installation() -> Iterator[None]:
    """Redis and an empty database, gone afterwards."""
    mark = uuid.uuid4().hex
    redis_server.prepare(REDIS_SOCKET)
    processes.start(programs.redis(redis_server.find_server(), REDIS_SOCKET), mark)
    try:
        redis_server.wait_until_ready(REDIS_URL, ENDING)
        call_command("migrate", verbosity=0)
        yield
    finally:
        processes.end_marked(mark, ENDING)
        shutil.rmtree(DATA_DIR, ignore_errors=True)


def forget_rings(*queues: str) -> None:
    """What nobody is to work on any more."""
    for queue in queues:
        django_rq.get_queue(queue).empty()  # type: ignore[no-untyped-call]


@contextmanager
def workers(
    url: str,
    *,
    queues: Sequence[str] = QUEUES,
    told: Mapping[str, str] | None = None,
    without: str = "",
) -> Iterator[dict[str, int]]:
    """One for each queue, ready, with the model server at `url`; their process ids by queue.

    `told` are more settings, `without` names a technique that the workers are to do without.
    Raises `WaitedInVain`.
    """
    mark = uuid.uuid4().hex
    environment = {"OPENAI_BASE_URL": url, "LOG_LEVEL": "ERROR", **(told or {})}
    try:
        with served(url):
            yield _started(queues, environment, without, mark)
    finally:
        processes.end_marked(mark, ENDING)


@contextmanager
def served(url: str) -> Iterator[None]:
    """This process, which queues the runs, knows the model server at `url`."""
    before = settings.OPENAI_BASE_URL
    settings.OPENAI_BASE_URL = url
    try:
        yield
    finally:
        settings.OPENAI_BASE_URL = before


def _started(
    queues: Sequence[str], environment: Mapping[str, str], without: str, mark: str
) -> dict[str, int]:
    started = {}
    for queue in queues:
        program = _as_users_have_it(programs.unchecked(programs.worker(queue)), without)
        program = replace(program, environment={**program.environment, **environment})
        started[queue] = processes.start(program, mark).pid
    until_ready(queues)
    return started


def _as_users_have_it(program: Program, without: str) -> Program:
    """By way of `benchmarks.worker`, or of `benchmarks.patched_worker` without a technique."""
    at = program.command.index(programs.MANAGE)
    way = ("benchmarks.patched_worker", without) if without else ("benchmarks.worker",)
    return replace(program, command=(*program.command[:at], "-m", *way, *program.command[at + 1 :]))
