from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions_app.display.progress.measures import OVERALL, PACE, Range
from sessions_app.display.progress.scale import MOST_TICKS, reach, ticks
from sessions_app.display.progress.series import Point
from sessions_app.speech.trends import Usual
from tests.sessions_app.display.progress.talks import talk


def point(value: float, usual: Usual | None = None) -> Point:
    return Point(1, talk(), value, usual)


def test_it_holds_all_values_and_what_was_usual() -> None:
    low, high = reach(PACE, [point(140.0), point(150.0, Usual(120.0, 170.0))], None)
    assert low < 120
    assert high > 170


def test_it_goes_as_far_as_the_nearest_edge_of_the_range() -> None:
    low, high = reach(PACE, [point(200.0), point(210.0)], Range(110.0, 165.0))
    assert 110 < low < 165
    assert high > 210


def test_it_ends_where_the_measure_ends() -> None:
    low, high = reach(OVERALL, [point(98.0, Usual(-5.0, 130.0))], None)
    assert (low, high) == (0, 100)


def test_a_single_value_has_room_around_it() -> None:
    low, high = reach(PACE, [point(140.0)], None)
    assert low < 140 < high


@pytest.mark.parametrize(
    ("low", "high", "decimals", "expected"),
    [
        (95.0, 215.0, 0, [100, 150, 200]),
        (0.0, 6.4, 1, [0, 2, 4, 6]),
        (139.6, 141.2, 0, [140, 141]),
        (0.05, 0.44, 1, [0.1, 0.2, 0.3, 0.4]),
    ],
)
def test_ticks_are_round(low: float, high: float, decimals: int, expected: list[float]) -> None:
    assert ticks(low, high, decimals) == expected


@given(st.floats(0, 500), st.floats(0.1, 500), st.integers(0, 1))
def test_ticks_are_few_lie_inside_and_read_differently(
    low: float, span: float, decimals: int
) -> None:
    found = ticks(low, low + span, decimals)
    assert len(found) <= MOST_TICKS + 1
    assert all(low - 0.01 <= tick <= low + span + 0.01 for tick in found)
    assert len({round(tick, decimals) for tick in found}) == len(found)
