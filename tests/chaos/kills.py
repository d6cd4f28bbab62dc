"""`kill -9`, again and again, of what happens to run."""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from random import Random
from typing import Final

import psutil

from sessions_app import doorbell
from tests.acceptance.system import System

SOONEST, LATEST = 3.0, 8.0  # seconds from one to the next
JOB_SECONDS: Final = 1.5  # of a run with the model that is used here
BUSY: Final = {doorbell.DEFAULT, doorbell.LOW}
"""Queues with work: nothing is drafted here."""


class Kind(StrEnum):
    WORKER = "worker"
    JOB = "forked job"
    SCHEDULER = "scheduler"
    WEB = "web"
    DATABASE = "database"  # of a server that `up` does not run
    HOST = "host"  # with all that runs on it


AT_RANDOM: Final = (Kind.WORKER, Kind.JOB, Kind.SCHEDULER, Kind.WEB)


@dataclass(frozen=True, slots=True)
class Kill:
    """Seconds since the epoch. `until`: when what was killed does its work again, where that
    matters to others.
    """

    at: float
    kind: Kind
    until: float | None = None


class Killer:
    """What is chosen comes from the seed; whom it hits, from what is alive then. The choice of a
    job stands until there is one, which dies at any moment of its life: killed at its birth again
    and again, the last run of a trial would rightly be given up. For a program that is dead
    already another one is chosen.
    """

    def __init__(self, system: System, random: Random) -> None:
        self.kills: list[Kill] = []
        self._system = system
        self._random = random
        self._kind, self._due_at = self._next()
        self._aimed = False

    def strike_if_due(self) -> None:
        if time.monotonic() < self._due_at:
            return
        victims = self._victims()
        if not victims:
            self._aimed = False
            if self._kind is not Kind.JOB:
                self._kind = self._random.choice(AT_RANDOM)
        elif self._kind is Kind.JOB and not self._aimed:
            self._aimed = True
            self._due_at = time.monotonic() + self._random.uniform(0, JOB_SECONDS)
        else:
            self._strike(victims)

    def _strike(self, victims: list[psutil.Process]) -> None:
        with suppress(psutil.NoSuchProcess):
            self._random.choice(victims).kill()
            self.kills.append(Kill(time.time(), self._kind))
        self._kind, self._due_at = self._next()
        self._aimed = False

    def _next(self) -> tuple[Kind, float]:
        """What, and when."""
        kind = self._random.choice(AT_RANDOM)
        return kind, time.monotonic() + self._random.uniform(SOONEST, LATEST)

    def _victims(self) -> list[psutil.Process]:
        if self._kind is Kind.JOB:
            return self._system.jobs()
        if self._kind is Kind.WORKER:
            return [worker for worker in self._system.workers() if _is_busy(worker)]
        return self._system.find("scheduler" if self._kind is Kind.SCHEDULER else "granian")


def _is_busy(worker: psutil.Process) -> bool:
    with suppress(psutil.NoSuchProcess):
        return not BUSY.isdisjoint(worker.cmdline())
    return False
