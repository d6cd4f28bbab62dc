from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics_app.histograms import ERROR_BOUND, of_latencies
from metrics_app.spread import NO_SAMPLE, Spread, of_histogram, of_values

values = st.lists(st.integers(0, 2**31 - 1), min_size=1, max_size=50)


def test_nothing_has_no_spread() -> None:
    assert of_values([]) == NO_SAMPLE == of_histogram(of_latencies([]), 0)


def test_one_value_is_all_there_is() -> None:
    assert of_values([7]) == Spread(1, 7, 7, 7, 7, 7, 7)


@given(values)
def test_all_values_give_what_numpy_says(given_values: list[int]) -> None:
    spread = of_values(given_values)
    exact = np.percentile(given_values, [0, 50, 95, 99, 100]).tolist()
    found = [spread.min, spread.median, spread.p95, spread.p99, spread.max]
    assert found == pytest.approx(exact)
    assert spread.error_bound is None


@given(values)
def test_a_histogram_says_how_far_it_may_be_off(given_values: list[int]) -> None:
    spread = of_histogram(of_latencies(given_values), sum(given_values))
    exact = np.percentile(given_values, [0, 50, 95, 99, 100]).tolist()
    found = [spread.min, spread.median, spread.p95, spread.p99, spread.max]
    assert found == pytest.approx(exact, rel=ERROR_BOUND)
    assert (spread.count, spread.error_bound) == (len(given_values), ERROR_BOUND)
    assert spread.avg == pytest.approx(np.mean(given_values))
