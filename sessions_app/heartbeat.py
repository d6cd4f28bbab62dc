"""Keeping a lease alive beside the work, and noticing when the work has to stop."""

from __future__ import annotations

import logging
import threading
import time
from types import TracebackType

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection

from sessions_app import actions, handback
from sessions_app.stages.problems import Problem, StageProblem

logger = logging.getLogger(__name__)


class RunCancelled(Exception):
    """The owner or staff asked for the end of the run."""


class HandBack(Exception):
    """This process is asked to stop: somebody else goes on from the last checkpoint."""


class Heartbeat:
    """Renews a lease from a thread of its own, so that no stage has to think of it."""

    def __init__(self, lease: actions.Lease, *, deadline_seconds: float) -> None:
        self._lease = lease
        self._deadline = time.monotonic() + deadline_seconds
        self._renewed = time.monotonic()
        self._pulse = actions.Pulse(held=True, cancel_requested=False)
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._beat, name="heartbeat", daemon=True)

    def __enter__(self) -> Heartbeat:
        self._pulse = actions.renew_lease(self._lease)
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._stop.set()
        self._thread.join()

    def check(self) -> None:
        """Raises `LeaseLost`, `RunCancelled`, `HandBack` or the deadline's `StageProblem`."""
        if self._unrenewed() > settings.LEASE_SECONDS / 2:
            self._renew()  # an engine that holds the interpreter starves the thread
        if not self._pulse.held or self._unrenewed() > settings.LEASE_SECONDS:
            raise actions.LeaseLost(f"run {self._lease.run_id}")
        if self._pulse.cancel_requested:
            raise RunCancelled
        if handback.is_requested():
            raise HandBack
        if time.monotonic() > self._deadline:
            raise StageProblem(Problem.RUN_DEADLINE)

    def _unrenewed(self) -> float:
        """Seconds since the lease was known to be ours."""
        return time.monotonic() - self._renewed

    def _beat(self) -> None:
        while not self._stop.wait(settings.HEARTBEAT_SECONDS) and self._pulse.held:
            self._renew()
        connection.close()

    def _renew(self) -> None:
        asked = time.monotonic()
        try:
            self._pulse = actions.renew_lease(self._lease)
            self._renewed = asked
        except (DatabaseError, InterfaceError) as error:
            logger.warning("run %s: lease not renewed: %s", self._lease.run_id, error)
            connection.close()
