from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sessions_app.speech.baseline import MIN_TALKS
from sessions_app.speech.bests import Best, best_of


def test_two_talks_have_no_best() -> None:
    assert best_of([3.0, 5.0]) is None


def test_the_best_of_three() -> None:
    assert best_of([3.0, 5.0, 4.0]) == Best(at=1, times=1)


def test_what_was_reached_again_is_shown_where_it_was_last() -> None:
    assert best_of([5.0, 5.0, 4.0, 5.0]) == Best(at=3, times=3)


@given(st.lists(st.floats(-500, 500), min_size=MIN_TALKS))
def test_nothing_is_better_than_the_best(merits: list[float]) -> None:
    best = best_of(merits)
    assert best is not None
    assert merits[best.at] == max(merits)
    assert merits.count(merits[best.at]) == best.times
    assert merits[best.at] not in merits[best.at + 1 :]
