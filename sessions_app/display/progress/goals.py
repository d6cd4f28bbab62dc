"""The goals of the last coachings, and what became of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from sessions_app import queries
from sessions_app.coaching.schemas import Goal
from sessions_app.display.measures import key_of
from sessions_app.display.metrics import reading_of
from sessions_app.display.progress.talks import Talk

SHOWN = 5
"""Goals; older ones say little about today."""

LENGTH = "duration_ms"
ON_TIME = 0.1
"""Of the target length, to either side."""


@dataclass(frozen=True, slots=True)
class GoalLine:
    """A goal that the coaching of `talk` set. `met` is the first later talk that reached it, else
    `since` is the last one that has the measure; both `None` where there is none yet. `now` is
    the value in it.
    """

    key: str
    measure: str
    talk: Talk
    before: str
    target: str
    met: Talk | None
    since: Talk | None
    now: str


def goals(talks: Sequence[Talk], set_in: Sequence[Talk]) -> tuple[GoalLine, ...]:
    """Goals set in the newest of `set_in`, newest first; looked for in all the `talks` after."""
    asked = list(reversed(set_in))[: 2 * SHOWN]
    coachings = queries.coaching_of(talk.run for talk in asked)
    places = {talk.key: at for at, talk in enumerate(talks)}

    def lines() -> Iterator[GoalLine]:
        for talk in asked:
            coaching = coachings.get(talk.run)
            if coaching is None or coaching.goal is None:
                continue
            line = _line(coaching.goal, talk, talks[places[talk.key] + 1 :])
            if line is not None:
                yield line

    return tuple(islice(lines(), SHOWN))


def reached(metric: str, before: float, target: float, value: float) -> bool:
    """Whether `value` reaches the target, coming from `before`; lengths only have to be close."""
    if metric == LENGTH:
        return abs(value - target) <= ON_TIME * target
    return value <= target if target < before else value >= target


def _line(goal: Goal, talk: Talk, after: Sequence[Talk]) -> GoalLine | None:
    before = _value(goal.metric, talk)
    if before is None:
        return None
    name, written = reading_of(goal.metric)
    later = [(each, value) for each in after if (value := _value(goal.metric, each)) is not None]
    hits = (pair for pair in later if reached(goal.metric, before, goal.value, pair[1]))
    met = next(hits, None)
    last = met or (later[-1] if later else None)
    return GoalLine(
        key=key_of(goal.metric),
        measure=name,
        talk=talk,
        before=written(before),
        target=written(goal.value),
        met=met[0] if met else None,
        since=last[0] if last else None,
        now=written(last[1]) if last else "",
    )


def _value(metric: str, talk: Talk) -> float | None:
    value: float | None = getattr(talk.metrics, metric, None)
    return value
