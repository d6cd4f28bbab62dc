"""A Speech Coach to be measured: database, Redis and workers as `manage.py up` starts them."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from django.conf import settings
from django.core.management import call_command

from benchmarks.ground import DATA_DIR, REDIS_SOCKET, REDIS_URL
from sessions_app import doorbell
from speechcoach import processes, programs, redis_server

ENDING = 20.0  # seconds


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


@contextmanager
def workers(url: str) -> Iterator[None]:
    """One for runs and one for embeddings, with the model server at `url`."""
    mark = uuid.uuid4().hex
    settings.OPENAI_BASE_URL = url  # for this process, which queues the runs
    told = {"OPENAI_BASE_URL": url, "LOG_LEVEL": "WARNING"}
    try:
        for queue in (doorbell.DEFAULT, doorbell.LOW):
            program = programs.worker(queue)
            environment = {**program.environment, **told}
            processes.start(replace(program, environment=environment), mark)
        yield
    finally:
        processes.end_marked(mark, ENDING)
