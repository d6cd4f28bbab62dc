import asyncio

import pytest

from ai.errors import Unavailable
from ai.questions import A, Deadline, Question
from sessions_app.coaching.branches import write_first
from sessions_app.coaching.failure import LIMIT, Failure
from sessions_app.coaching.readings import Readings
from sessions_app.coaching.sequential import READING, sequential
from tests.sessions_app.coaching.model import HANG, Model, an_assignment, rejecting, verdicts

ASSIGNMENT = an_assignment()


def with_first() -> Readings:
    readings = Readings()
    work = write_first(ASSIGNMENT, Model(), readings, Deadline.after(20))
    asyncio.run(work)
    return readings


def test_coaching_comes_after_the_words_and_from_what_they_left() -> None:
    model, readings = Model(verdicts=rejecting(ASSIGNMENT, "you know")), Readings()
    assert asyncio.run(sequential(ASSIGNMENT, model, readings)) is None
    assert model.asked[-1].purpose == "coaching_again"
    assert model.count("coaching") == 0
    assert model.data("coaching_again")[0]["measures"]["fillers_total"] == "60"


def test_coaching_from_above_is_kept_where_the_counts_agree() -> None:
    model, readings = Model(), with_first()
    assert asyncio.run(sequential(ASSIGNMENT, model, readings)) is None
    assert model.count("coaching_again") == 0


def test_coaching_from_above_is_written_anew_where_they_do_not() -> None:
    model, readings = Model(verdicts=rejecting(ASSIGNMENT, "you know")), with_first()
    assert asyncio.run(sequential(ASSIGNMENT, model, readings)) is None
    assert model.count("coaching_again") == 1


class Punctual(Model):
    """Answers nothing after the deadline, as the client does."""

    async def complete(self, question: Question[A], deadline: Deadline) -> A:
        if not deadline.remaining:
            raise Unavailable("no answer before the deadline")
        return await super().complete(question, deadline)


@pytest.mark.parametrize("stalled", [{"review": HANG}, {"verdicts": [verdicts(), HANG]}])
def test_a_part_that_stalls_leaves_time_for_the_coaching(
    monkeypatch: pytest.MonkeyPatch, stalled: dict[str, object]
) -> None:
    monkeypatch.setattr("sessions_app.coaching.sequential.READING", 0.1)
    assignment, readings = an_assignment(seconds={"sequential": 20}), Readings()
    assert asyncio.run(sequential(assignment, Punctual(**stalled), readings)) is None
    assert readings.again is not None
    assert readings.windows


def test_a_third_of_the_time_is_left_for_the_coaching() -> None:
    assert READING <= 2 / 3


def test_unread_words_end_it() -> None:
    model = Model(verdicts=Unavailable("gone", 4.0))
    failure = asyncio.run(sequential(ASSIGNMENT, model, Readings()))
    assert failure == Failure("unavailable", "gone", away=True, retry_after=4.0)
    assert model.count("coaching_again") == 0


def test_all_of_it_has_one_time() -> None:
    assignment = an_assignment(seconds={"sequential": 0.1})
    failure = asyncio.run(sequential(assignment, Model(coaching_again=HANG), Readings()))
    assert failure is not None
    assert failure.reason == LIMIT
