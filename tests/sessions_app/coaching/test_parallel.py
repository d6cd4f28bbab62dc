import asyncio
import time
from collections import defaultdict
from typing import Any

import pytest

from ai.errors import Malformed, Refused, Unavailable
from ai.questions import A, Deadline, Question
from sessions_app.coaching.failure import LIMIT
from sessions_app.coaching.parallel import parallel
from sessions_app.coaching.readings import Readings
from tests.sessions_app.coaching.model import (
    HANG,
    Model,
    an_assignment,
    rejecting,
    verdicts,
)

ASSIGNMENT = an_assignment()
SHORT = {"parallel": 2}


class Gate(Model):
    """Answers nothing until all branches have asked."""

    def __init__(self, expected: int, **says: Any) -> None:
        super().__init__(**says)
        self._expected = expected
        self._open = asyncio.Event()

    async def complete(self, question: Question[A], deadline: Deadline) -> A:
        self._expected -= 1
        if self._expected == 0:
            self._open.set()
        await self._open.wait()
        return await super().complete(question, deadline)


def test_words_content_and_coaching_are_asked_at_the_same_time() -> None:
    readings, windows = Readings(), len(ASSIGNMENT.windows)
    assert asyncio.run(parallel(ASSIGNMENT, Gate(windows + 2), readings)) is None
    assert len(readings.windows) == windows
    assert readings.review is not None
    assert readings.first is not None
    assert readings.again is None


def test_coaching_is_written_anew_when_the_counts_disagree() -> None:
    readings, model = Readings(), Model(verdicts=rejecting(ASSIGNMENT, "you know"))
    assert asyncio.run(parallel(ASSIGNMENT, model, readings)) is None
    assert readings.again is not None
    assert readings.again.summary == "Written again."
    before = model.data("coaching")[0]["measures"]["fillers_total"]
    after = model.data("coaching_again")[0]["measures"]["fillers_total"]
    assert int(after) < int(before)


HEAD_START = 0.2


class Leaving(Model):
    """A request is prepared for longer than the head start, and takes some turns of the loop to
    leave; `prepared` is what had left before each."""

    def __init__(self) -> None:
        super().__init__()
        self.left: list[str] = []
        self.prepared: list[list[str]] = []

    async def complete(self, question: Question[A], deadline: Deadline) -> A:
        self.prepared.append(list(self.left))
        time.sleep(1.5 * HEAD_START if question.purpose == "coaching" else 0)
        for _ in range(5):
            await asyncio.sleep(0)
        self.left.append(question.purpose)
        return await super().complete(question, deadline)


def test_the_coaching_has_left_before_the_others_are_prepared(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sessions_app.coaching.parallel.HEAD_START", HEAD_START)
    model = Leaving()
    assert asyncio.run(parallel(ASSIGNMENT, model, Readings())) is None
    first, *others = model.prepared
    assert first == []
    assert others
    assert all(left[:1] == ["coaching"] for left in others)


class Ordered(Model):
    """Answers a purpose only when another has been answered: `after` says which."""

    def __init__(self, after: dict[str, str], **says: Any) -> None:
        super().__init__(**says)
        self._after = after
        self._answered: dict[str, asyncio.Event] = defaultdict(asyncio.Event)

    async def complete(self, question: Question[A], deadline: Deadline) -> A:
        if question.purpose in self._after:
            await self._answered[self._after[question.purpose]].wait()
        answer = await super().complete(question, deadline)
        self._answered[question.purpose].set()
        return answer


@pytest.mark.parametrize("still_running", ["review", "coaching"])
def test_regeneration_waits_neither_for_the_review_nor_for_the_first(still_running: str) -> None:
    says = {"verdicts": rejecting(ASSIGNMENT, "you know")}
    model, readings = Ordered({still_running: "coaching_again"}, **says), Readings()
    assert asyncio.run(parallel(ASSIGNMENT, model, readings)) is None
    assert readings.again is not None
    assert readings.review is not None


def test_a_first_coaching_that_nobody_needs_any_more_is_not_waited_for() -> None:
    assignment, readings = an_assignment(seconds={"parallel": 600}), Readings()
    model = Model(verdicts=rejecting(assignment, "you know"), coaching=HANG)
    climbing = asyncio.wait_for(parallel(assignment, model, readings), timeout=60)
    assert asyncio.run(climbing) is None
    assert readings.again is not None
    assert readings.first is None


def test_a_first_coaching_may_come_as_long_as_the_review_is_waited_for() -> None:
    says = {"verdicts": rejecting(ASSIGNMENT, "you know")}
    model = Ordered({"coaching": "coaching_again", "review": "coaching"}, **says)
    readings = Readings()
    assert asyncio.run(parallel(ASSIGNMENT, model, readings)) is None
    assert readings.again is not None
    assert readings.first is not None


def test_a_regeneration_makes_up_for_a_first_coaching_that_failed() -> None:
    for failure in (Malformed("no JSON"), Refused(), Unavailable("gone")):
        model = Model(verdicts=rejecting(ASSIGNMENT, "you know"), coaching=failure)
        readings = Readings()
        assert asyncio.run(parallel(ASSIGNMENT, model, readings)) is None
        assert readings.again is not None
        assert model.count("coaching_again") == 1


@pytest.mark.parametrize("first", [None, Malformed("no JSON")])
def test_a_regeneration_that_fails_is_what_the_rung_fails_of(first: Exception | None) -> None:
    says = {"coaching": first} if first else {}
    model = Model(verdicts=rejecting(ASSIGNMENT, "you know"), coaching_again=Refused("no"), **says)
    readings = Readings()
    failure = asyncio.run(parallel(ASSIGNMENT, model, readings))
    assert failure is not None
    assert failure.reason == "refused"
    assert (readings.first is None) == (first is not None)


def test_words_that_stay_unread_have_nothing_written_anew() -> None:
    model = Model(verdicts=Malformed("no JSON"))
    readings = Readings()
    failure = asyncio.run(parallel(an_assignment(threshold=0), model, readings))
    assert failure is not None
    assert model.count("coaching_again") == 0
    assert readings.first is not None


def test_regeneration_comes_while_the_review_stalls() -> None:
    assignment = an_assignment(seconds=SHORT)
    model = Model(verdicts=rejecting(assignment, "you know"), review=HANG)
    readings = Readings()
    assert asyncio.run(parallel(assignment, model, readings)) is None
    assert readings.again is not None
    assert readings.review is None
    assert readings.review_lost is not None


def test_one_branch_never_ends_another() -> None:
    readings = Readings()
    failure = asyncio.run(parallel(ASSIGNMENT, Model(coaching=Unavailable("gone")), readings))
    assert failure is not None
    assert failure.away
    assert len(readings.windows) == len(ASSIGNMENT.windows)
    assert readings.review is not None
    readings = Readings()
    assert asyncio.run(parallel(ASSIGNMENT, Model(verdicts=Refused()), readings)) is not None
    assert readings.first is not None


def test_coaching_that_stalls_ends_with_the_time_of_the_pair() -> None:
    assignment = an_assignment(seconds=SHORT)
    readings = Readings()
    failure = asyncio.run(parallel(assignment, Model(coaching=HANG), readings))
    assert failure is not None
    assert failure.reason == LIMIT
    assert len(readings.windows) == len(assignment.windows)


def test_regeneration_has_a_time_of_its_own() -> None:
    assignment = an_assignment(threshold=0, seconds={"regeneration": 0.1})
    readings = Readings()
    failure = asyncio.run(parallel(assignment, Model(coaching_again=HANG), readings))
    assert failure is not None
    assert failure.reason == LIMIT
    assert readings.first is not None


def test_a_lost_window_does_not_fail_the_rung() -> None:
    readings = Readings()
    model = Model(verdicts=[Refused(), verdicts()])
    assert asyncio.run(parallel(ASSIGNMENT, model, readings)) is None
    assert len(readings.lost) == 1
