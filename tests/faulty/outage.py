"""The model server resets every connection for a while, and is well again."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from threading import Event, Thread
from typing import Final

import redis
from django.db.models import Q, QuerySet
from django.utils import timezone

from ai import breaker
from sessions_app.models import PracticeSession, RunStage, RunState, SessionRun, StageState
from sessions_app.stages.outputs import StageName
from tests.chaos.check import Check, at_most
from tests.deadline import eventually
from tests.environment import REDIS_URL
from tests.faulty import pace, talks
from tests.faulty.plan import Plan
from tests.faulty.trial import server
from tests.faulty.workers import until_over, workers
from tests.simulator import Asked, Simulator

BEFORE, MEANWHILE = 12, 12  # talks
SLOWER: Final = 4
"""Than the other parts: who waits comes back every minute of the shortened time, and needs the
processor for as long as ever.
"""
CALM = 5  # reports that are there when it begins
AWAY_SECONDS: Final = 240.0  # before the time scale
OPENS_SECONDS: Final = 10.0
BACK_SECONDS: Final = 75.0
"""Before the time scale: the longest pause of a run that waits, and an open breaker after it."""
PATIENCE = 120.0  # for what should have come
WHOLE_TALK = 6  # calls at once: windows, review, coaching, and coaching anew
UNDER_WAY = 0.5  # seconds from a failure until everybody, on a busy machine, knows


@dataclass(slots=True)
class BreakerWatch:
    """When each model's breaker was seen open first, in seconds since the epoch."""

    opened: dict[str, float] = field(default_factory=dict)
    _over: Event = field(default_factory=Event)

    def __enter__(self) -> BreakerWatch:
        Thread(target=self._watch, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()

    def _watch(self) -> None:
        with redis.Redis.from_url(REDIS_URL, decode_responses=True) as client:
            while not self._over.wait(0.005):
                for key in client.scan_iter("ai:breaker:*"):
                    failures = int(client.hget(key, "failures") or 0)
                    if failures >= breaker.FAILURES:
                        self.opened.setdefault(key.rpartition(":")[2], time.time())


@dataclass(frozen=True, slots=True)
class Outage:
    """Moments in seconds since the epoch; `provisional` seconds from an upload meanwhile to the
    report by rules, which is there until the model's is.
    """

    struck: float
    back: float
    opened: dict[str, float]
    log: Sequence[Asked]
    provisional: Sequence[float]
    uploaded: int
    full: int


def outage(plan: Plan) -> list[Check]:
    slower = replace(plan, scale=plan.scale * SLOWER)
    pace.hurry(SLOWER)
    try:
        with server(slower) as simulator, workers(plan.processes):
            return list(_checks(_passed_through(slower, simulator), slower))
    finally:
        pace.hurry(1 / SLOWER)


def _passed_through(plan: Plan, simulator: Simulator) -> Outage:
    talks.give("before", talks.speakers(BEFORE, "before"), plan.seed)
    eventually(lambda: _completed() >= CALM, seconds=PATIENCE, what="some reports")
    with BreakerWatch() as watch:
        simulator.set_faults({"reset": 1.0})
        struck = time.time()
        given = talks.give("meanwhile", talks.speakers(MEANWHILE, "meanwhile"), plan.seed + 1)
        eventually(lambda: _by_rules(given) == MEANWHILE, seconds=PATIENCE, what="reports by rules")
        eventually(lambda: len(watch.opened) > 1, seconds=PATIENCE, what="breakers open")
        over = struck + AWAY_SECONDS * plan.scale
        eventually(lambda: time.time() > over, seconds=PATIENCE, what="the server is well again")
    simulator.set_faults({})
    back = time.time()
    until_over(PATIENCE)
    runs = SessionRun.objects.filter(_of("before", "meanwhile"))
    return Outage(
        struck,
        back,
        watch.opened,
        simulator.log(),
        [_seconds_to_rules(talk) for talk in given],
        BEFORE + MEANWHILE,
        sum(run.state == RunState.COMPLETED and run.mode != "rule_based" for run in runs),
    )


def _checks(found: Outage, plan: Plan) -> Iterator[Check]:
    for model, opened in sorted(found.opened.items()):
        yield from _of_breaker(model, opened, found, plan)
    slowest = max(found.provisional)
    yield at_most("outage: until uploads have a report by rules, slowest", slowest, 10.0, " s")
    first = min(asked.end for asked in found.log if asked.end and _is_answer(asked, found.back))
    most = BACK_SECONDS * plan.scale
    yield at_most("outage: until the first answer after it", first - found.back, most, " s")
    yield Check(
        "outage: talks with the model's report in the end, untouched",
        str(found.full),
        str(found.uploaded),
        found.full == found.uploaded,
    )
    calm = [each for each in found.log if each.start < found.struck]
    later = [each for each in found.log if each.start > found.back]
    yield at_most("outage: calls at once after it", most_at_once(later), _bound(calm, plan))


def _of_breaker(model: str, opened: float, found: Outage, plan: Plan) -> Iterator[Check]:
    failed = [a for a in found.log if a.model == model and a.fault == "reset" and a.end]
    tenth = sorted(asked.end or 0.0 for asked in failed)[breaker.FAILURES - 1]
    name = f"outage: from the tenth failure to an open breaker ({model})"
    yield at_most(name, max(0.0, opened - tenth), OPENS_SECONDS, " s")
    asked = sum(opened + UNDER_WAY < each.start < found.back for each in failed)
    open_seconds = breaker.OPEN_SECONDS * plan.scale
    probes = math.ceil((found.back - opened) / open_seconds)
    yield at_most(f"outage: calls past the open breaker, probes ({model})", asked, probes)


def most_at_once(log: Sequence[Asked]) -> int:
    moments = [(each.start, 1) for each in log] + [(each.end, -1) for each in log if each.end]
    most = now = 0
    for _, change in sorted(moments):
        now += change
        most = max(most, now)
    return most


def _bound(calm: Sequence[Asked], plan: Plan) -> int:
    """What the same workers asked at once when all was well; at least a whole talk each."""
    return max(most_at_once(calm), WHOLE_TALK * plan.processes)


def _is_answer(asked: Asked, back: float) -> bool:
    return asked.complete and asked.start > back


def _completed() -> int:
    return SessionRun.objects.filter(_of("before"), state=RunState.COMPLETED).count()


def _of(*series: str) -> Q:
    return Q(session__title__regex=f"^({'|'.join(series)})-")


def _by_rules(given: Sequence[PracticeSession]) -> int:
    """Talks whose page has the rules' report: that of the model would take its place."""
    return _rules(given).count()


def _rules(given: Sequence[PracticeSession]) -> QuerySet[RunStage]:
    return RunStage.objects.filter(
        run__session__in=given, stage=StageName.RULES, state=StageState.DONE
    )


def _seconds_to_rules(talk: PracticeSession) -> float:
    finished = _rules([talk]).values_list("finished_at", flat=True).get() or timezone.now()
    return float((finished - talk.created_at).total_seconds())
