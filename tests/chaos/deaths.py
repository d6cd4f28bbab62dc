"""How long a run lies there when the process that worked on it is gone."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

import psutil

from sessions_app.models import LIVE_STATES, SessionRun


@dataclass(slots=True)
class Death:
    """Seconds since the epoch; `restarted_at` is `None` until another process has the run."""

    run_id: UUID
    at: float
    attempt: int
    restarted_at: float | None = None

    @property
    def seconds(self) -> float | None:
        return None if self.restarted_at is None else self.restarted_at - self.at


class DeathWatch:
    """Sees whose holder is gone and who goes on, each to the time between two looks."""

    def __init__(self) -> None:
        self.deaths: list[Death] = []
        self._tokens: set[UUID] = set()

    def look(self) -> None:
        for run in _held():
            if run.lease_token not in self._tokens and not _is_alive(run.worker):
                self._tokens.add(run.lease_token)  # type: ignore[arg-type]
                self.deaths.append(Death(run.pk, time.time(), run.attempts))
        waiting = [death for death in self.deaths if death.restarted_at is None]
        if waiting:
            _note_restarts(waiting)


def _held() -> Iterable[SessionRun]:
    live = SessionRun.objects.filter(state__in=LIVE_STATES).exclude(lease_token=None)
    return live.only("lease_token", "worker", "attempts")


def _is_alive(worker: str) -> bool:
    """`worker` is `host:pid`, of this host. Nobody may be there to bury what is dead."""
    try:
        process = psutil.Process(int(worker.rpartition(":")[2]))
        return bool(process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def _note_restarts(waiting: Iterable[Death]) -> None:
    runs = SessionRun.objects.in_bulk({death.run_id for death in waiting})
    for death in waiting:
        run = runs.get(death.run_id)
        if run is None or not run.is_live or run.attempts > death.attempt:
            death.restarted_at = time.time()
