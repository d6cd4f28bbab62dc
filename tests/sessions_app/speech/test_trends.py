from __future__ import annotations

import random
from dataclasses import replace
from statistics import fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions_app.speech.baseline import MIN_TALKS, TALKS, change
from sessions_app.speech.trends import FEWEST, trend, usual_after
from tests.sessions_app.samples import METRICS

values = st.floats(0.1, 300)


def test_nothing_is_usual_after_two_talks() -> None:
    assert usual_after([100.0, 110.0]) is None


def test_what_is_usual_lies_around_the_mean_of_the_last_five() -> None:
    usual = usual_after([900.0, 10.0, 12.0, 14.0, 16.0, 18.0])
    assert usual is not None
    assert fmean((usual.low, usual.high)) == pytest.approx(14)
    # twice the standard deviation of 3.162 times the root of 1.2
    assert usual.high - 14 == pytest.approx(6.928, abs=0.001)


@given(st.lists(values, min_size=MIN_TALKS, max_size=9), values)
def test_what_lies_outside_is_what_reports_call_beyond_usual(
    earlier: list[float], now: float
) -> None:
    usual = usual_after(earlier)
    history = [replace(METRICS, wpm=value) for value in earlier]
    told = change("wpm", replace(METRICS, wpm=now), history)
    assert usual is not None
    assert told is not None
    assert usual.holds(now) is not told.beyond_usual


def test_fewer_than_six_talks_are_no_trend() -> None:
    assert trend([6.0, 5.0, 4.0, 3.0, 2.0]) is None
    assert trend([6.0, 6.1, 6.2, 3.0, 3.1, 3.2]) is not None


def test_a_fall_beyond_the_usual_is_clear() -> None:
    found = trend([6.5, 5.9, 6.2, 5.8, 6.1, 4.0, 3.4, 3.1, 3.0, 3.3, 3.2])
    assert found is not None
    assert (round(found.early, 1), round(found.late, 1), found.talks) == (6.1, 3.2, 5)
    assert found.clear


def test_ups_and_downs_are_no_clear_change() -> None:
    found = trend([6.5, 3.1, 5.0, 2.8, 6.0, 3.0, 5.5, 2.5])
    assert found is not None
    assert not found.clear


def test_a_change_nobody_would_notice_is_not_clear() -> None:
    found = trend([100.0, 100.1, 100.2, 103.0, 103.1, 103.2])
    assert found is not None
    assert not found.clear


@given(st.lists(values, min_size=FEWEST, max_size=30))
def test_the_ends_never_overlap_and_backwards_it_is_the_same_change(row: list[float]) -> None:
    found, back = trend(row), trend(row[::-1])
    assert found is not None
    assert back is not None
    assert 2 * found.talks <= len(row)
    assert MIN_TALKS <= found.talks <= TALKS
    assert (back.early, back.late) == pytest.approx((found.late, found.early))
    assert back.clear is found.clear


@given(values, st.integers(FEWEST, 30))
def test_where_nothing_moves_nothing_changed(value: float, talks: int) -> None:
    found = trend([value] * talks)
    assert found is not None
    assert not found.clear


@pytest.mark.parametrize(("talks", "at_most"), [(6, 0.06), (10, 0.012)])
def test_where_only_chance_moves_a_change_is_seldom_seen(talks: int, at_most: float) -> None:
    chance = random.Random(7)
    rows = ([chance.gauss(100, 10) for _ in range(talks)] for _ in range(4_000))
    seen = sum(bool(found and found.clear) for found in map(trend, rows))
    assert seen / 4_000 <= at_most
