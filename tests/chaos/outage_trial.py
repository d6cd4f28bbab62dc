"""Redis or the database goes away while talks wait and are read."""

from __future__ import annotations

import time
from collections.abc import Sequence
from itertools import count
from random import Random
from typing import Final
from uuid import UUID

from django.db import InterfaceError, OperationalError, connection

from benchmarks.progress import say
from sessions_app.models import LIVE_STATES, RunState, SessionRun
from tests.acceptance.system import System
from tests.chaos.deaths import DeathWatch
from tests.chaos.evidence import Evidence, Recovery
from tests.chaos.faults import Fault
from tests.chaos.gathering import gather
from tests.chaos.installation import installation, speakers
from tests.chaos.kills import Kill, Kind
from tests.chaos.plan import Plan
from tests.chaos.recordings import recordings
from tests.chaos.trial import LOOK_SECONDS, model
from tests.chaos.uploads import Uploader
from tests.deadline import eventually
from tests.environment import DATA_DIR

TALKS: Final = 4  # at each fault: one is being read, the others wait
AWAY_SECONDS: Final = 60.0  # until a database that was killed is back
LONGEST_SECONDS: Final = 300.0  # for all to end; what has not by then is found later


def outage_trial(plan: Plan, faults: Sequence[Fault]) -> Evidence:
    """Of `plan` only the seed and the pace count. Raises as `trial` does."""
    with model() as simulator, installation(plan, simulator.url) as system:
        sounds = recordings(DATA_DIR, TALKS * len(faults), Random(plan.seed))
        uploader, numbers = Uploader(system.url, speakers(), (), 0.0), count()
        outages, began = Outages(system), time.monotonic()
        for fault in faults:
            for _ in range(TALKS):
                uploader.upload(next(numbers), next(sounds))
            outages.pass_through(fault)
        return gather(
            simulator,
            system,
            uploader,
            kills=outages.kills,
            deaths=outages.watch.deaths,
            seconds=time.monotonic() - began,
            recoveries=outages.recoveries,
        )


class Outages:
    """One after the other, and what became of the talks that were under way."""

    def __init__(self, system: System) -> None:
        self.kills: list[Kill] = []
        self.watch = DeathWatch()
        self.recoveries: list[Recovery] = []
        self._system = system

    def pass_through(self, fault: Fault) -> None:
        """Returns when all have ended, or `LONGEST_SECONDS` are over."""
        pending = waiting = _runs(*LIVE_STATES)
        fault.strike(self._system)
        began = again = time.monotonic()
        if fault.takes_answers:
            self.kills.append(_database_outage())
        left = pending
        while left and time.monotonic() < began + LONGEST_SECONDS:
            if waiting:
                again = time.monotonic()
            left, waiting = self._look(left, waiting)
            time.sleep(LOOK_SECONDS)
        self.recoveries.append(Recovery(fault.name, len(pending), again - began))
        say(f"{fault.name}: {len(pending)} talks run again after {again - began:.1f} s")

    def _look(self, left: set[UUID], waiting: set[UUID]) -> tuple[set[UUID], set[UUID]]:
        """Runs that have not ended, and those of them that no worker has had since the fault."""
        try:
            self.watch.look()
            left = _runs(*LIVE_STATES)
            return left, waiting & _runs(RunState.QUEUED, RunState.WAITING_FOR_MODEL)
        except (OperationalError, InterfaceError):  # the database is away
            connection.close()
            return left, waiting


def _database_outage() -> Kill:
    """From now, when it was killed, until it is back."""
    now = time.time()
    eventually(lambda: not _database_answers(), seconds=AWAY_SECONDS, what="the database is away")
    eventually(_database_answers, seconds=AWAY_SECONDS, what="the database is back")
    return Kill(now, Kind.DATABASE, until=time.time())


def _database_answers() -> bool:
    try:
        SessionRun.objects.exists()
    except (OperationalError, InterfaceError):
        connection.close()
        return False
    return True


def _runs(*states: RunState) -> set[UUID]:
    return set(SessionRun.objects.filter(state__in=states).values_list("pk", flat=True))
