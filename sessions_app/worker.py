"""The worker process: RQ's own, preloaded, that hands work back when it is asked to stop."""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from types import FrameType
from typing import Any

from rq.worker import Worker

# Imported here so that the parent has everything loaded before it forks a job.
from ai import client  # noqa: F401
from sessions_app import handback, jobs  # noqa: F401
from sessions_app.rehearsal import rehearse


class RunWorker(Worker):
    def work(self, *args: Any, **options: Any) -> bool:
        rehearse()  # in the parent: every job starts as a copy of it
        finished: bool = super().work(*args, **options)
        return finished

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
