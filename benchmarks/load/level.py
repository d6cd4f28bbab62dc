"""So many people at once, and how they fared."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import psutil

from benchmarks.load import cores
from benchmarks.load.crowd import Answer, Crowd, within

OK, BUSY, FAILED, WRONG = "ok", "busy", "failed", "wrong"


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds. `None` for none."""

    median: float
    p95: float
    p99: float

    @classmethod
    def of(cls, answers: Sequence[Answer]) -> Times | None:
        if not answers:
            return None
        return cls(*np.percentile([answer.milliseconds for answer in answers], (50, 95, 99)))


@dataclass(frozen=True, slots=True)
class Level:
    """`served` and `busy` are the times of answers, and of being told to come back; `pages` the
    p95 by what was asked for. `failed` are errors and hangs, `wrong` answers to another question.
    """

    users: int
    seconds: float
    requests: int
    served: Times | None
    busy: Times | None
    verdicts: Mapping[str, int]
    pages: Mapping[str, Times]
    cores: Mapping[str, float]

    @property
    def per_second(self) -> float:
        """Answers, without those told to come back."""
        return self.verdicts.get(OK, 0) / self.seconds

    def within(self, milliseconds: float) -> bool:
        """Everybody was served rightly, and 95 % of them in this time."""
        flawless = set(self.verdicts) <= {OK}
        return flawless and self.served is not None and self.served.p95 <= milliseconds


def measure(
    crowd: Crowd, users: int, seconds: float, programs: Mapping[str, Sequence[psutil.Process]]
) -> Level:
    with crowd.of(users, seconds) as locust:
        watched = {**programs, cores.LOCUST: [psutil.Process(locust.pid)]}
        before, begin = cores.read(watched), time.time()
        time.sleep(seconds - 1)  # before locust ends, and the times of its processor with it
        after, end = cores.read(watched), time.time()
        locust.wait()
    used = cores.shares(before, after)
    return summed_up(users, end - begin, within(crowd.found(), begin, end), used)


def summed_up(
    users: int, seconds: float, answers: Sequence[Answer], used: Mapping[str, float]
) -> Level:
    served = [answer for answer in answers if answer.verdict == OK]
    return Level(
        users=users,
        seconds=seconds,
        requests=len(answers),
        served=Times.of(served),
        busy=Times.of([answer for answer in answers if answer.verdict == BUSY]),
        verdicts=Counter(answer.verdict for answer in answers),
        pages=_by_page(served),
        cores=used,
    )


def _by_page(served: Sequence[Answer]) -> dict[str, Times]:
    found = {}
    for what in sorted({answer.what for answer in served}):
        times = Times.of([answer for answer in served if answer.what == what])
        assert times is not None
        found[what] = times
    return found
