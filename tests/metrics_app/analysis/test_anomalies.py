from __future__ import annotations

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from metrics_app.analysis.anomalies import FEWEST, LIMIT, anomalies

USUAL = [10.0, 11.0, 9.0, 10.5, 9.5, 10.0, 11.5]


def test_a_day_far_from_the_others_stands_out() -> None:
    (found,) = anomalies([*USUAL, 40.0], least=1)
    assert (found.at, found.value, found.usual) == (7, 40.0, 10.25)
    assert found.score > LIMIT


def test_so_does_one_that_is_far_below() -> None:
    (found,) = anomalies([0.0, *USUAL], least=1)
    assert found.score < -LIMIT


def test_one_wild_day_does_not_hide_another() -> None:
    assert [each.at for each in anomalies([*USUAL, 40.0, 5_000.0], least=1)] == [7, 8]


def test_days_that_vary_as_usual_do_not() -> None:
    assert anomalies(USUAL, least=0.1) == ()


def test_what_is_off_by_next_to_nothing_does_not() -> None:
    row = [0.0] * 12 + [0.01]
    assert anomalies(row, least=0.02) == ()
    assert [each.at for each in anomalies(row, least=0.005)] == [12]


def test_where_most_days_are_alike_their_mean_deviation_counts() -> None:
    assert [each.at for each in anomalies([0.0] * 7 + [0.3], least=0.02)] == [7]


def test_fewer_than_seven_days_say_nothing() -> None:
    assert anomalies([*USUAL[: FEWEST - 2], None, None, 900.0], least=1) == ()
    assert anomalies([*USUAL[: FEWEST - 1], None, 900.0], least=1) != ()


def test_days_of_one_kind_hardly_ever_stand_out() -> None:
    """3.5 deviations of a normal distribution: less than one day in a thousand, of many days."""
    choices = Random(3)
    rows = ([choices.gauss(100, 10) for _day in range(28)] for _row in range(500))
    found = sum(len(anomalies(row, least=1)) for row in rows)
    assert found / (500 * 28) < 0.004


@given(st.lists(st.one_of(st.none(), st.floats(0, 1e9)), max_size=40), st.floats(0, 10))
def test_at_most_half_of_the_days_stand_out(row: list[float | None], least: float) -> None:
    known = [value for value in row if value is not None]
    assert len(anomalies(row, least)) <= len(known) / 2
