from __future__ import annotations

import math
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics_app.analysis.trends import _T, DAYS, FEWEST, trend

WEEK = [3.0, 5.0, 4.0, 6.0, 8.0, 7.0, 9.0]


def test_a_line_goes_through_the_days_as_least_squares_has_it() -> None:
    found = trend(WEEK)
    slope, start = np.polyfit(range(7), WEEK, 1)
    assert found is not None
    assert found.slope == pytest.approx(slope)
    assert (found.first, found.last) == pytest.approx((start, start + 6 * slope))
    assert found.clear


def test_the_interval_is_that_of_the_handbook() -> None:
    """NIST's formula, worked out by hand for these days: s² = 0.8571, Sxx = 28."""
    found = trend(WEEK)
    assert found is not None
    residuals = np.array(WEEK) - np.polyval(np.polyfit(range(7), WEEK, 1), range(7))
    around = 2.570582 * math.sqrt((residuals**2).sum() / 5 / 28)
    assert (found.low, found.high) == pytest.approx((found.slope - around, found.slope + around))


@pytest.mark.parametrize(("freedom", "quantile"), _T.items())
def test_quantiles_of_t_leave_a_fortieth_on_either_side(freedom: int, quantile: float) -> None:
    """Student's density, added up by the trapezoidal rule."""
    scale = math.gamma((freedom + 1) / 2) / (math.sqrt(freedom * math.pi) * math.gamma(freedom / 2))
    at = np.linspace(-quantile, quantile, 200_001)
    inside = np.trapezoid(scale * (1 + at**2 / freedom) ** (-(freedom + 1) / 2), at)
    assert inside == pytest.approx(0.95, abs=1e-6)


def test_days_that_only_vary_are_called_a_trend_one_time_in_twenty() -> None:
    choices = Random(7)
    rows = [[choices.gauss(10, 2) for _day in range(DAYS)] for _row in range(4_000)]
    clear = sum(bool((found := trend(row)) and found.clear) for row in rows)
    assert clear / len(rows) == pytest.approx(0.05, abs=0.012)


def test_only_the_last_seven_days_count() -> None:
    assert trend([1_000.0, *WEEK]) == trend(WEEK)


def test_too_few_days_say_nothing() -> None:
    assert trend([None, None, None, *WEEK[: FEWEST - 1]]) is None
    assert trend([None, None, *WEEK[:FEWEST]]) is not None
    assert trend([]) is None


def test_a_day_without_a_figure_leaves_a_gap_and_moves_no_other() -> None:
    found = trend([0.0, 1.0, None, 3.0, 4.0, None, 6.0])
    assert found is not None
    assert (found.slope, found.last, found.days) == pytest.approx((1, 6, 5))


@given(st.floats(0, 1e6), st.integers(FEWEST, DAYS))
def test_days_that_are_all_alike_have_no_slope(value: float, days: int) -> None:
    found = trend([value] * days)
    assert found is not None
    assert (found.slope, found.low, found.high, found.clear) == (0, 0, 0, False)
