"""What the model server was asked, what it was paid for, and what it was paid for twice."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from tests.chaos.kills import Kill, Kind
from tests.simulator import Asked, Simulator

KEEPING_SECONDS: Final = 2.0
"""From the server's last byte until an answer is stored, on a busy machine at most. A call counts
as in flight until then: who dies before has nothing of it.
"""

TAKING: Final = {Kind.JOB, Kind.DATABASE, Kind.HOST}
"""Kills that may take an answer with them."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A call, or an attempt at one. Times in seconds since the epoch. `key` stands for all that
    was asked; `usd` is 0 for what was not answered to its end.
    """

    key: str
    purpose: str
    start: float
    end: float
    usd: Decimal
    complete: bool


@dataclass(frozen=True, slots=True)
class PaidAgain:
    """Answers that were paid and asked for again, by whether a kill may have taken them."""

    in_flight: int
    finished: int


def read(simulator: Simulator) -> list[Answer]:
    """All that there was, oldest first."""
    return [_answer(asked, simulator) for asked in simulator.log()]


def in_flight(answers: Iterable[Answer], kills: Sequence[Kill]) -> list[Answer]:
    """Those that a kill may have taken; a killed worker's job goes on."""
    taking = [kill for kill in kills if kill.kind in TAKING]
    return [each for each in answers if any(_takes(kill, each) for kill in taking)]


def paid_again(answers: Iterable[Answer], kills: Sequence[Kill]) -> PaidAgain:
    alike: dict[str, list[Answer]] = defaultdict(list)
    for each in answers:
        if each.complete:
            alike[each.key].append(each)
    wasted = [each for same in alike.values() for each in sorted(same, key=_end)[:-1]]
    excused = len(in_flight(wasted, kills))
    return PaidAgain(excused, len(wasted) - excused)


def _end(answer: Answer) -> float:
    return answer.end


def _takes(kill: Kill, answer: Answer) -> bool:
    until = kill.at if kill.until is None else kill.until
    return answer.start <= until and kill.at <= answer.end + KEEPING_SECONDS


def _answer(asked: Asked, simulator: Simulator) -> Answer:
    question = [asked.path, simulator.body(asked.id)]
    key = hashlib.sha256(json.dumps(question, sort_keys=True).encode()).hexdigest()
    end = asked.start if asked.end is None else asked.end
    return Answer(key, asked.purpose, asked.start, end, asked.cost or Decimal(0), asked.complete)
