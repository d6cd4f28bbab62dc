from __future__ import annotations

import os
from collections.abc import Iterator
from typing import NoReturn

import psutil
import pytest
from redis import Redis
from rq.job import Job
from rq.queue import Queue

from sessions_app import doorbell
from sessions_app.media import forked
from sessions_app.worker import RunWorker

NOBODY = Redis(port=1)  # what is looked at here needs no Redis


class Idle(RunWorker):
    """Forks jobs that do nothing."""

    def main_work_horse(self, job: Job, queue: Queue) -> NoReturn:
        os._exit(0)


@pytest.fixture(autouse=True)
def no_server_left() -> Iterator[None]:
    yield
    forked.give_up_server()


def work_once(name: str) -> None:
    queue = Queue(name, connection=NOBODY)
    worker = Idle([queue], connection=NOBODY, prepare_for_work=False)
    job = Job.create("sessions_app.jobs.process_run", connection=NOBODY)
    worker.fork_work_horse(job, queue)
    os.waitpid(worker.horse_pid, 0)


@pytest.mark.parametrize("queue", [doorbell.DEFAULT, doorbell.BULK])
def test_a_job_with_a_recording_finds_a_fork_server_that_lives(queue: str) -> None:
    work_once(queue)
    first = forked.keep_server().pid
    psutil.Process(first).kill()
    psutil.Process(first).wait()
    work_once(queue)
    second = forked.kept_server()
    assert second is not None
    assert second.is_running
    assert second.pid != first


def test_what_decodes_nothing_keeps_no_fork_server() -> None:
    work_once(doorbell.LOW)
    assert forked.kept_server() is None
