import asyncio
from collections.abc import Awaitable, Callable

import pytest

from ai.errors import Malformed, Refused, Unavailable
from ai.questions import Deadline
from sessions_app.coaching.asking import Asker
from sessions_app.coaching.assignment import Assignment
from sessions_app.coaching.branches import read_content, read_words, write_again, write_first
from sessions_app.coaching.failure import LIMIT, Failure
from sessions_app.coaching.readings import Readings
from tests.sessions_app.coaching.model import (
    HANG,
    Model,
    a_coaching,
    a_review,
    an_area,
    an_assignment,
    fillers_in,
    remark,
    verdict,
    verdicts,
)

ASSIGNMENT = an_assignment()
Branch = Callable[[Assignment, Asker, Readings, Deadline], Awaitable[Failure | None]]


def take(
    branch: Branch, model: Model, readings: Readings | None = None, seconds: float = 20.0
) -> tuple[Failure | None, Readings]:
    kept = readings or Readings()
    failure = asyncio.run(_await(branch(ASSIGNMENT, model, kept, Deadline.after(seconds))))
    return failure, kept


async def _await(work: Awaitable[Failure | None]) -> Failure | None:
    return await work


def test_every_window_is_read() -> None:
    failure, readings = take(read_words, model := Model())
    assert failure is None
    assert set(readings.windows) == set(ASSIGNMENT.windows)
    assert model.count("verdicts") == len(ASSIGNMENT.windows) == 2


def test_one_lost_window_leaves_the_others() -> None:
    failure, readings = take(read_words, Model(verdicts=[Refused(), verdicts()]))
    assert failure is None
    assert len(readings.windows) == len(readings.lost) == 1


def test_the_words_are_unread_when_every_window_is_lost() -> None:
    failure, _ = take(read_words, Model(verdicts=[Malformed(), Unavailable("gone")]))
    assert failure == Failure("unavailable", "gone", away=True)


def test_a_window_not_answered_in_time_is_worth_another_rung(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sessions_app.coaching.failure.GRACE_SECONDS", 20.0)
    failure, readings = take(read_words, Model(verdicts=[verdicts(), Unavailable()]), seconds=0)
    assert failure is not None
    assert failure.reason == LIMIT
    assert len(readings.windows) == 1


def test_only_what_has_no_answer_is_asked_again() -> None:
    _, readings = take(read_words, Model(verdicts=[verdicts(), Unavailable()]))
    failure, _ = take(read_words, model := Model(), readings)
    assert failure is None
    assert model.count("verdicts") == 1
    assert not readings.lost


def test_what_was_refused_for_good_is_not_asked_again() -> None:
    _, readings = take(read_words, Model(verdicts=Refused()))
    failure, _ = take(read_words, model := Model(), readings)
    assert failure == Failure("refused", final=True)
    assert not model.asked
    _, readings = take(read_content, Model(review=Refused()))
    assert take(read_content, model, readings)[0] == Failure("refused", final=True)
    assert not model.asked


def test_verdicts_on_another_talk_are_not_believed() -> None:
    everything = verdicts(rejected=[verdict(at) for at in range(300)])
    failure, readings = take(read_words, Model(verdicts=everything))
    assert failure is not None
    assert failure.reason == "malformed"
    assert readings.windows == {}


def test_verdicts_on_another_talk_are_asked_for_once_more() -> None:
    everything = verdicts(rejected=[verdict(at) for at in range(300)])
    says = [everything, everything, verdicts()]
    failure, readings = take(read_words, model := Model(verdicts=says))
    assert failure is None
    assert set(readings.windows) == set(ASSIGNMENT.windows)
    assert len({question.salt for question in model.asked}) == 2


def test_the_review_is_kept_and_not_asked_again() -> None:
    _, readings = take(read_content, Model())
    assert readings.review is not None
    assert take(read_content, model := Model(), readings)[0] is None
    assert not model.asked


def test_a_review_without_a_main_message_is_asked_once_more() -> None:
    bad = a_review(main_message=remark("Twelve points."))
    failure, readings = take(read_content, model := Model(review=[bad, a_review()]))
    assert failure is None
    assert readings.review is not None
    assert model.data("review")[1]["violations"] == ["main_message: the figure “Twelve”"]
    failure, readings = take(read_content, model := Model(review=bad))
    assert failure is not None
    assert failure.reason == "malformed"
    assert model.count("review") == 2


def test_coaching_that_keeps_the_rules_is_asked_once() -> None:
    failure, readings = take(write_first, model := Model())
    assert failure is None
    assert readings.first is not None
    assert model.count("coaching") == 1


def test_coaching_that_breaks_them_is_asked_once_more_and_told_why() -> None:
    bad = a_coaching(summary="You did well. You said um 12 times.")
    _, readings = take(write_first, model := Model(coaching=[bad, a_coaching(summary="Better.")]))
    assert readings.first is not None
    assert readings.first.summary == "Better."
    assert model.data("coaching")[1]["violations"] == ["summary: the figure “12”"]


def test_what_still_breaks_them_is_left_out() -> None:
    bad = a_coaching(summary="You did well. You said um 12 times.")
    _, readings = take(write_first, model := Model(coaching=bad))
    assert readings.first is not None
    assert readings.first.summary == "You did well."
    assert model.count("coaching") == 2


@pytest.mark.parametrize("second", [Unavailable(), Refused(), a_coaching(summary="12")])
def test_without_a_better_second_answer_the_first_stands(second: object) -> None:
    bad = a_coaching(summary="You did well. You said um 12 times.")
    failure, readings = take(write_first, Model(coaching=[bad, second]))
    assert failure is None
    assert readings.first is not None
    assert readings.first.summary == "You did well."


def test_a_second_answer_that_never_comes_leaves_the_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sessions_app.coaching.branches.GRACE_SECONDS", 20.0)  # all there is
    bad = a_coaching(summary="You did well. You said um 12 times.")
    failure, readings = take(write_first, Model(coaching=[bad, HANG]), seconds=20)
    assert failure is None
    assert readings.first is not None


def test_coaching_of_which_nothing_is_left_is_a_failure() -> None:
    empty = a_coaching(focus_areas=[an_area("unheard of")])
    failure, readings = take(write_first, model := Model(coaching=empty))
    assert failure is not None
    assert failure.reason == "malformed"
    assert readings.first is None
    assert model.data("coaching")[1]["violations"] == ["focus_areas: none of the topics offered"]


def test_writing_again_uses_the_talk_it_is_given() -> None:
    model, readings = Model(), Readings()
    fewer = ASSIGNMENT.measured(tuple(fillers_in(ASSIGNMENT, "um")))
    work = write_again(ASSIGNMENT, fewer, model, readings, Deadline.after(20))
    assert asyncio.run(_await(work)) is None
    assert readings.again is not None
    assert model.data("coaching_again")[0]["measures"]["fillers_total"] == "40"
