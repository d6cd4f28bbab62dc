"""Workers, talks and a model's limits as events on a clock that nobody waits for. Simulated.

A worker takes one talk at a time. Where the limits are known to us a call waits for its turn and is
then sent; where they are not, the server refuses it (429), and it is tried again after a second and
then after twice as long each time, a little scattered. Nothing else is shared: processors and the
database are assumed to be enough.
"""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count

import numpy as np

from benchmarks.capacity.limit import Bucket, Limits
from benchmarks.capacity.talk import Call, Talk

BURST = 1.0  # seconds: what a server allows at once of what it allows in a minute
FIRST_RETRY, LAST_RETRY = 1.0, 30.0  # seconds
SCATTER = 0.25  # of them, at most
HOUR = 3600.0
NONE = Limits()


@dataclass(frozen=True, slots=True)
class Plan:
    """`per_hour` talks come in at random times, or there is always one waiting (`None`). `known`:
    the limits are set with us, too.

    Counted is from `warm_up` on, for `seconds`.
    """

    workers: int
    talk: Talk
    limits: Limits = NONE
    known: bool = True
    per_hour: float | None = None
    seconds: float = 900.0
    warm_up: float = 120.0
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Outcome:
    """`processing` and `waiting` are seconds of each talk: with a worker, and before.
    `refused` counts calls that were sent and not allowed.
    """

    per_hour: float
    processing: np.ndarray
    waiting: np.ndarray
    calls: int
    refused: int


class Simulation:
    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._random = np.random.default_rng(plan.seed)
        self._now = 0.0
        self._events: list[tuple[float, int, Callable[[], None]]] = []
        self._numbers = count()
        self._requests = Bucket(plan.limits.requests, BURST)
        self._tokens = Bucket(plan.limits.tokens, BURST)
        self._free = plan.workers
        self._queue: deque[float] = deque()
        self._processing: list[float] = []
        self._waiting: list[float] = []
        self._calls = self._refused = 0

    def run(self) -> Outcome:
        self._begin()
        end = self._plan.warm_up + self._plan.seconds
        while self._events and self._events[0][0] <= end:
            self._now, _, happen = heapq.heappop(self._events)
            happen()
        return Outcome(
            per_hour=len(self._processing) * HOUR / self._plan.seconds,
            processing=np.array(self._processing),
            waiting=np.array(self._waiting),
            calls=self._calls,
            refused=self._refused,
        )

    def _begin(self) -> None:
        if self._plan.per_hour is not None:
            self._in(self._random.exponential(HOUR / self._plan.per_hour), self._arrive)
            return
        for _ in range(self._plan.workers):  # not all at the same moment
            self._in(self._random.uniform(0, self._plan.talk.seconds), self._next)

    def _in(self, seconds: float, happen: Callable[[], None]) -> None:
        heapq.heappush(self._events, (self._now + seconds, next(self._numbers), happen))

    def _arrive(self) -> None:
        assert self._plan.per_hour is not None
        self._in(self._random.exponential(HOUR / self._plan.per_hour), self._arrive)
        self._queue.append(self._now)
        if self._free:
            self._next()

    def _next(self) -> None:
        """A worker is free: it takes the talk that has waited longest, if there is one."""
        if self._plan.per_hour is None:
            self._work(self._now)
        elif self._queue:
            self._free -= 1
            self._work(self._queue.popleft())

    def _work(self, came: float) -> None:
        if self._counts:
            self._waiting.append(self._now - came)
        self._round(self._now, 0)

    def _round(self, taken: float, number: int) -> None:
        if number == len(self._plan.talk.rounds):
            self._done(taken)
            return
        each = self._plan.talk.rounds[number]
        open_calls = len(each.calls)

        def ended() -> None:
            nonlocal open_calls
            open_calls -= 1
            if open_calls <= 0:
                self._round(taken, number + 1)

        def begin() -> None:
            for call in each.calls:
                self._ask(call, ended)
            if not each.calls:
                ended()

        self._in(each.own, begin)

    def _ask(self, call: Call, ended: Callable[[], None], retry: float = FIRST_RETRY) -> None:
        wait = max(
            self._requests.seconds_until(1, self._now),
            self._tokens.seconds_until(call.tokens, self._now),
        )
        if wait > 0 and not self._plan.known:
            self._refused += self._counts
            again = max(wait, retry) * (1 + SCATTER * self._random.random())
            longer = min(LAST_RETRY, 2 * retry)
            self._in(again, lambda: self._ask(call, ended, longer))
            return
        self._requests.take(1)
        self._tokens.take(call.tokens)
        self._calls += self._counts
        self._in(wait + call.seconds, ended)

    def _done(self, taken: float) -> None:
        if self._counts:
            self._processing.append(self._now - taken)
        self._free += self._plan.per_hour is not None
        self._next()

    @property
    def _counts(self) -> bool:
        return self._now >= self._plan.warm_up


def simulate(plan: Plan) -> Outcome:
    return Simulation(plan).run()
