from __future__ import annotations

from statistics import mean, variance

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics_app.experiments.means import Mean, Tally, design_effect, mean_of

values = st.lists(st.floats(0, 1e6), min_size=2, max_size=50)


@given(values)
def test_with_one_run_a_person_the_variance_is_the_usual_one(values: list[float]) -> None:
    found = mean_of([Tally(1, value) for value in values])
    assert found is not None
    assert (found.runs, found.people) == (len(values), len(values))
    assert found.value == pytest.approx(mean(values), abs=1e-6)
    assert found.variance == pytest.approx(variance(values) / len(values), rel=1e-6, abs=1e-3)


@given(values, st.integers(2, 20))
def test_the_same_run_again_tells_nothing_new(values: list[float], times: int) -> None:
    once = mean_of([Tally(1, value) for value in values])
    often = mean_of([Tally(times, value * times) for value in values])
    assert once is not None
    assert often is not None
    assert often.value == pytest.approx(once.value, abs=1e-6)
    assert often.variance == pytest.approx(once.variance, rel=1e-6, abs=1e-3)


def test_people_without_a_run_of_that_sort_do_not_count() -> None:
    found = mean_of([Tally(2, 4.0), Tally(0, 0.0)])
    assert found == Mean(runs=2, people=1, value=2.0, variance=None)


@pytest.mark.parametrize("tallies", [[], [Tally(0, 0)]])
def test_without_a_run_there_is_no_mean(tallies: list[Tally]) -> None:
    assert mean_of(tallies) is None


def test_runs_of_one_person_that_are_all_alike_count_as_one() -> None:
    share = mean_of([Tally(5, 5.0), Tally(5, 0.0)] * 100)
    assert share is not None
    assert design_effect(share) == pytest.approx(5)


def test_runs_of_different_people_count_each() -> None:
    share = mean_of([Tally(1, 1.0), Tally(1, 0.0)] * 100)
    assert share is not None
    assert design_effect(share) == pytest.approx(1)


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_of_shares_of_none_and_of_all_the_runs_of_one_person_count_as_one(share: float) -> None:
    found = mean_of([Tally(3, 3 * share), Tally(5, 5 * share)] * 10)
    assert found is not None
    assert design_effect(found) == pytest.approx(4)
