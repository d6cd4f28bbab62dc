"""The ladder: parallel, then sequential, then what the rules can do alone."""

from __future__ import annotations

import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum

from ai.questions import Deadline
from sessions_app.coaching.agreement import Agreement
from sessions_app.coaching.asking import Asker
from sessions_app.coaching.assignment import Assignment
from sessions_app.coaching.branches import write_again
from sessions_app.coaching.failure import Failure
from sessions_app.coaching.parallel import parallel
from sessions_app.coaching.readings import Readings
from sessions_app.coaching.schemas import Coaching, ContentReview
from sessions_app.coaching.sequential import sequential
from sessions_app.coaching.verdicts import Reread
from sessions_app.coaching.written import brought_up_to_date

logger = logging.getLogger(__name__)


class Level(StrEnum):
    PARALLEL = "parallel"
    SEQUENTIAL = "sequential"
    RULE_BASED = "rule_based"


_BELOW = {Level.PARALLEL: Level.SEQUENTIAL, Level.SEQUENTIAL: Level.RULE_BASED}
_WORK: dict[Level, Callable[[Assignment, Asker, Readings], Awaitable[Failure | None]]] = {
    Level.PARALLEL: parallel,
    Level.SEQUENTIAL: sequential,
}


@dataclass(frozen=True, slots=True)
class Fall:
    """A step down the ladder."""

    left: Level
    entered: Level
    failure: Failure


@dataclass(frozen=True, slots=True)
class Refined:
    """What the model brought. `read` is `None` where the words were not to be read, `agreement`
    also where no window has an answer: nothing was compared. `regenerated`: the coaching takes
    the place of one that was asked for before the words had been read.
    """

    level: Level
    coaching: Coaching
    read: Reread | None
    review: ContentReview | None
    agreement: Agreement | None
    regenerated: bool
    windows: int
    missing: int


@dataclass(frozen=True, slots=True)
class Climb:
    """`refined` is `None` where no rung with the model held; the last fall says why."""

    refined: Refined | None
    falls: tuple[Fall, ...]


async def climb(
    assignment: Assignment, asker: Asker, *, in_parallel: bool, patient: bool = False
) -> Climb:
    """The best the model can do for a talk now, from the highest rung allowed downwards.

    `patient`: a model that is away, if only for a part, ends the climb, which will begin anew when
    it may be back. What it has answered by then is kept and costs nothing more.
    """
    readings = Readings()
    falls: list[Fall] = []
    level = Level.PARALLEL if in_parallel else Level.SEQUENTIAL
    while level in _WORK:
        began = time.monotonic()
        logger.info("session %s: %s started", assignment.name, level)
        failure = await _WORK[level](assignment, asker, readings)
        if failure is None and patient:
            failure = readings.away()
        seconds = time.monotonic() - began
        if failure is None:
            logger.info("session %s: %s done in %.2f s", assignment.name, level, seconds)
            return Climb(_refined(level, assignment, readings), tuple(falls))
        falls.append(_fallen(assignment, level, failure, seconds))
        if failure.away and patient:
            break
        level = _BELOW[level]
    return Climb(None, tuple(falls))


async def coach_again(assignment: Assignment, asker: Asker) -> Climb:
    """Only the coaching, from the findings as they stand."""
    level, readings = Level.SEQUENTIAL, Readings()
    began = time.monotonic()
    logger.info("session %s: coaching only started", assignment.name)
    deadline = Deadline.after(assignment.times.sequential)
    failure = await write_again(assignment, assignment.situation, asker, readings, deadline)
    if readings.again is None:
        failure = failure or Failure("malformed")
        fall = _fallen(assignment, level, failure, time.monotonic() - began)
        return Climb(None, (fall,))
    refined = Refined(
        level, readings.again, read=None, review=None, agreement=None, regenerated=True,
        windows=0, missing=0,
    )  # fmt: skip
    return Climb(refined, ())


def _fallen(assignment: Assignment, level: Level, failure: Failure, seconds: float) -> Fall:
    logger.warning(
        "session %s: %s given up after %.2f s: %s %s",
        assignment.name,
        level,
        seconds,
        failure.reason,
        failure.detail,
    )
    return Fall(level, _BELOW[level], failure)


def _refined(level: Level, assignment: Assignment, readings: Readings) -> Refined:
    read = readings.reread(assignment)
    agreement = assignment.agreement(read.findings) if readings.windows else None
    if agreement is not None:
        _log(assignment, agreement, anew=readings.again is not None)
    return Refined(
        level=level,
        coaching=_coaching(assignment, readings),
        read=read,
        review=readings.review,
        agreement=agreement,
        regenerated=_regenerated(level, readings),
        windows=len(assignment.windows),
        missing=len(assignment.windows) - len(readings.windows),
    )


def _regenerated(level: Level, readings: Readings) -> bool:
    """Whether the coaching was written a second time. On the first rung nothing else is, even
    where the first one never came; below it may be the only one."""
    return readings.again is not None and (level is Level.PARALLEL or readings.first is not None)


def _coaching(assignment: Assignment, readings: Readings) -> Coaching:
    if readings.again is not None:
        return readings.again
    if readings.first is None:
        raise ValueError("a rung held without any coaching")
    return brought_up_to_date(readings.first, readings.situation(assignment))


def _log(assignment: Assignment, agreement: Agreement, *, anew: bool) -> None:
    share = "not comparable" if agreement.difference is None else f"{agreement.difference:.0%}"
    logger.info(
        "session %s: fillers by rules %d, after review %d, difference %s (%s): coaching %s",
        assignment.name,
        agreement.rule,
        agreement.ai,
        share,
        agreement.grounds,
        "written from validated findings" if anew else "kept",
    )
