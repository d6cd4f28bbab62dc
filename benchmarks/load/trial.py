"""From few people to more than there is room for, and back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from benchmarks.load.level import Level
from benchmarks.progress import say

TARGETS: Final = {100: 100, 500: 250, 1000: 1000}
"""Milliseconds of the p95, by people; for any other number a second."""
SECOND: Final = 1000
STEP: Final = 1.25
TOO_MANY: Final = 2
"""Times the capacity, for a look at what happens then."""
MOST: Final = 6000  # people; more than one locust makes

Measure = Callable[[int], Level]


@dataclass(frozen=True, slots=True)
class Trial:
    """`capacity` is the most that were all served rightly, 95 % of them within a second; `beyond`
    are twice as many, and `afterwards` as many as at first.
    """

    levels: tuple[Level, ...]
    capacity: Level | None
    beyond: Level | None
    afterwards: Level | None


def target(users: int) -> float:
    return TARGETS.get(users, SECOND)


def trial(users: Sequence[int], measure: Measure, *, beyond: bool) -> Trial:
    levels = [_measured(measure, number) for number in users]
    if not beyond:
        return Trial(tuple(levels), None, None, None)
    levels += _steps(levels, measure)
    good = [level for level in levels if level.within(SECOND)]
    capacity = max(good, key=lambda level: level.users, default=None)
    most = capacity.users if capacity else users[0]
    too_many = _measured(measure, TOO_MANY * most)
    return Trial(tuple(levels), capacity, too_many, _measured(measure, users[0]))


def _steps(levels: Sequence[Level], measure: Measure) -> list[Level]:
    """Up from where all is well until it is not; or down from where it is not."""
    found: list[Level] = []
    last = max(levels, key=lambda level: level.users)
    well = last.within(SECOND)
    while last.within(SECOND) is well:
        number = int(last.users * STEP if well else last.users / STEP)
        good = [level.users for level in levels if level.within(SECOND)]
        if number > MOST or number <= max(good, default=0):
            break
        last = _measured(measure, number)
        found.append(last)
    return found


def _measured(measure: Measure, users: int) -> Level:
    level = measure(users)
    p95 = f"{level.served.p95:.0f} ms" if level.served else "nobody was served"
    say(f"{users} people: {level.per_second:.1f}/s, p95 {p95}, {dict(level.verdicts)}")
    return level
