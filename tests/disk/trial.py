"""Talks before, while and after a disk takes nothing."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from random import Random
from typing import Final

from django.db import OperationalError
from django.db.models import Q, QuerySet

from benchmarks.progress import say
from sessions_app.models import LIVE_STATES, PracticeSession, RunState, SessionRun
from tests.chaos.evidence import Evidence
from tests.chaos.gathering import gather
from tests.chaos.installation import installation, speakers
from tests.chaos.plan import Plan
from tests.chaos.recordings import recordings
from tests.chaos.trial import LOOK_SECONDS, live_runs, model
from tests.deadline import eventually
from tests.disk.evidence import Struck
from tests.disk.faults import FAULTS, MEDIA, Fault
from tests.disk.ground import DISK, mount
from tests.disk.visitor import Visitor

UNDER_WAY: Final = 3  # talks when it happens; another one is read already
AS_REAL: Final = 1.0  # the pace of the model: with a quicker one they would be read before it comes
STRUCK_SECONDS: Final = 30.0
LONGEST_SECONDS: Final = 120.0
MEGABYTES: Final = 100


def trial(plan: Plan) -> tuple[Evidence, list[Struck]]:
    """Of `plan` only the seed and the pace count. Raises as `tests.chaos.trial` does."""
    MEDIA.mkdir()
    mount(MEDIA, MEGABYTES)
    with model(AS_REAL) as simulator, installation(plan, simulator.url) as system:
        talks = (UNDER_WAY + 3) * len(FAULTS)
        sounds = iter(list(recordings(DISK, talks, Random(plan.seed))))
        visitor, began = Visitor(system.url, speakers()[0], sounds), time.monotonic()
        found = [_struck(fault, visitor) for fault in FAULTS]
        seconds = time.monotonic() - began
        uploader = visitor.uploader
        return gather(simulator, system, uploader, kills=(), deaths=(), seconds=seconds), found


def _struck(fault: Fault, visitor: Visitor) -> Struck:
    visitor.upload()
    eventually(lambda: not live_runs(), seconds=LONGEST_SECONDS, what="a report")
    earlier = PracticeSession.objects.latest("created_at")
    for _ in range(UNDER_WAY):
        visitor.upload()
    title = f"{fault.name}: sent meanwhile"
    fault.strike()
    try:
        under_way = live_runs()
        say(f"{fault.name}, {under_way} runs under way")
        answer = visitor.tries_to_upload(title)
        is_readable = visitor.sees(earlier)
        ended = _wait(lambda: not live_runs(), STRUCK_SECONDS)
        waiting = 0 if ended else live_runs()
        problems = tuple(_failed().values_list("problem", flat=True))
    finally:
        fault.lift()
    is_stored = PracticeSession.objects.filter(title=title).exists()
    seconds = _until_all_are_read(visitor)
    say(f"{len(problems)} runs failed; all reports there after {seconds} s")
    return Struck(fault.name, under_way, waiting, answer, is_stored, is_readable, problems, seconds)


def _until_all_are_read(visitor: Visitor) -> float | None:
    """What was not taken is sent again."""
    began = time.monotonic()
    visitor.upload()
    done = _wait(lambda: _is_all_read(visitor), LONGEST_SECONDS)
    return time.monotonic() - began if done else None


def _is_all_read(visitor: Visitor) -> bool:
    """What has failed is tried again by its speaker."""
    for run in _failed():
        visitor.tries_again(run.session)
    return not _unread().exists()


def _wait(condition: Callable[[], bool], seconds: float) -> bool:
    """Whether it came true in time. Without a disk the database answers now and then."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with suppress(OperationalError):
            if condition():
                return True
        time.sleep(LOOK_SECONDS)
    return False


def _failed() -> QuerySet[SessionRun]:
    return SessionRun.objects.filter(state=RunState.FAILED).select_related("session")


def _unread() -> QuerySet[SessionRun]:
    return SessionRun.objects.filter(Q(state=RunState.FAILED) | Q(state__in=LIVE_STATES))
