from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions_app.display.numbers.knots import reading, short
from sessions_app.speech.scores import FILLER_KNOTS, interpolated


@pytest.mark.parametrize(
    ("x", "expected"),
    [
        (0.0, "0.0 is not above 0, which gives 100 points"),
        (5.8, "5.8 lies between 5 (80) and 12 (40) → 75.4"),
        (12.0, "12.0 lies between 5 (80) and 12 (40) → 40.0"),
        (99.0, "99.0 is not below 20, which gives 0 points"),
    ],
)
def test_says_between_which_points_a_value_lies(x: float, expected: str) -> None:
    assert reading(FILLER_KNOTS, x) == expected


@given(st.floats(0.01, 19.99))
def test_the_points_can_be_worked_out_from_what_is_said(x: float) -> None:
    figures = re.findall(r"-?\d+(?:\.\d+)?", reading(FILLER_KNOTS, x, 2))
    at, left, low, right, high, points = (float(figure) for figure in figures)
    by_hand = low + (high - low) * (at - left) / (right - left)
    assert by_hand == pytest.approx(points, abs=0.1)
    assert points == pytest.approx(interpolated(FILLER_KNOTS, x), abs=0.051)


@pytest.mark.parametrize(("value", "written"), [(5.0, "5"), (0.6, "0.6"), (0.25, "0.25")])
def test_figures_have_the_decimals_they_need(value: float, written: str) -> None:
    assert short(value) == written
