from __future__ import annotations

from collections import Counter
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from tests.chaos.answers import KEEPING_SECONDS, Answer, PaidAgain, in_flight, paid_again
from tests.chaos.kills import Kill, Kind
from tests.chaos_tests.evidence import ANSWER

times = st.integers(0, 100).map(float)
kills = st.lists(st.builds(Kill, times, st.sampled_from(Kind)), max_size=5)


@st.composite
def answers(draw: st.DrawFn) -> Answer:
    start, length = draw(times), draw(times)
    key = draw(st.sampled_from("abc"))
    return Answer(key, "coaching", start, start + length, Decimal("0.01"), draw(st.booleans()))


@given(st.lists(answers()), kills)
def test_every_answer_after_the_first_to_the_same_was_paid_again(
    given_answers: list[Answer], struck: list[Kill]
) -> None:
    complete = Counter(each.key for each in given_answers if each.complete)
    found = paid_again(given_answers, struck)
    assert found.in_flight + found.finished == sum(complete.values()) - len(complete)
    assert found.in_flight <= len(in_flight(given_answers, struck))


@given(st.lists(answers()))
def test_without_a_kill_nothing_was_in_flight(given_answers: list[Answer]) -> None:
    assert in_flight(given_answers, []) == []
    assert paid_again(given_answers, []).in_flight == 0


def test_an_answer_that_could_not_be_stored_yet_is_in_flight() -> None:
    again = Answer("a", "coaching", 120.0, 121.0, Decimal("0.02"), complete=True)
    both = [again, ANSWER]
    kept = ANSWER.end + KEEPING_SECONDS
    assert paid_again(both, [Kill(kept, Kind.JOB)]) == PaidAgain(1, 0)
    assert paid_again(both, [Kill(kept + 0.1, Kind.JOB)]) == PaidAgain(0, 1)


def test_an_answer_to_what_was_asked_while_the_database_was_away_is_in_flight() -> None:
    back = Kill(ANSWER.start - 5, Kind.DATABASE, until=ANSWER.start + 0.1)
    too_early = Kill(back.at, Kind.DATABASE, until=ANSWER.start - 0.1)
    assert in_flight([ANSWER], [back]) == [ANSWER]
    assert in_flight([ANSWER], [too_early]) == []
