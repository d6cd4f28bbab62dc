"""The worker process: RQ's own, preloaded, that hands work back when it is asked to stop."""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from types import FrameType
from typing import Any

from rq.job import Job
from rq.queue import Queue
from rq.worker import Worker

# Imported here so that the parent has everything loaded before it forks a job.
from ai import client  # noqa: F401
from sessions_app import doorbell, handback, jobs  # noqa: F401
from sessions_app.media.forked import give_up_server, keep_server
from sessions_app.rehearsal import rehearse


class RunWorker(Worker):
    def work(self, *args: Any, **options: Any) -> bool:
        # Without introduction: for it each connection reads redis-py's metadata from the disk
        self.connection.connection_pool.connection_kwargs["driver_info"] = None
        self._keep_fork_server()
        try:
            rehearse()  # in the parent: every job starts as a copy of it
            return super().work(*args, **options)
        finally:
            give_up_server()

    def fork_work_horse(self, job: Job, queue: Queue) -> None:
        self._keep_fork_server()  # again if it died: the job is to have one that lives
        super().fork_work_horse(job, queue)

    def _keep_fork_server(self) -> None:
        """Where recordings are decoded."""
        if not {doorbell.DEFAULT, doorbell.BULK}.isdisjoint(self.queue_names()):
            keep_server()

    def handle_warm_shutdown_request(self) -> None:
        """On SIGTERM the forked job stops at its next check instead of running to its end."""
        super().handle_warm_shutdown_request()  # type: ignore[no-untyped-call]
        if self.horse_pid:
            with suppress(ProcessLookupError):
                os.kill(self.horse_pid, signal.SIGTERM)

    def setup_work_horse_signals(self) -> None:
        super().setup_work_horse_signals()  # type: ignore[no-untyped-call]
        signal.signal(signal.SIGTERM, _on_terminate)


def _on_terminate(number: int, frame: FrameType | None) -> None:
    handback.request()
