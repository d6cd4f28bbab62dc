from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions_app.speech.evaluation import Tally
from sessions_app.speech.intervals import Intervals, intervals

counts = st.integers(0, 50)
tallies = st.lists(st.builds(Tally, counts, counts, counts), max_size=8)


def test_an_interval_holds_the_pooled_figure_and_is_the_same_every_time() -> None:
    some = [Tally(true_positives=n, false_positives=10 - n) for n in range(1, 10)]
    low, high = intervals(some, resamples=300).precision
    assert low is not None
    assert high is not None
    assert 0.25 < low < 0.5 < high < 0.75
    assert intervals(some, resamples=300).precision == (low, high)


def test_conversations_that_are_all_alike_leave_no_doubt() -> None:
    low, high = intervals([Tally(8, 2, 0)] * 5, resamples=50).precision
    assert low == high == pytest.approx(0.8)


def test_without_a_count_there_is_no_interval() -> None:
    nothing = Intervals((None, None), (None, None), (None, None))  # type: ignore[arg-type]
    assert intervals([Tally(), Tally()], resamples=10) == nothing
    assert intervals([], resamples=10) == nothing


@given(tallies)
def test_rates_stay_between_none_and_all_of_it(some: list[Tally]) -> None:
    for low, high in intervals(some, resamples=20):
        assert (low is None) == (high is None)
        assert low is None or (high is not None and 0 <= low <= high <= 1)
