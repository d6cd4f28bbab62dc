from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from metrics_app.display.days import Card, cards
from metrics_app.measures.days import Day
from metrics_app.spread import NO_SAMPLE
from tests.metrics_app.figures import calls, runs, spread

FIRST = date(2026, 3, 1)
NONE = runs(runs=0, by_outcome={}, parallel=0, asked_model=0, checked=0, regenerated=0)


def days(medians: Sequence[float | None]) -> list[Day]:
    return [
        Day(
            FIRST + timedelta(days=at),
            NONE if median is None else runs(),
            calls(usd=Decimal("0.5")),
            NO_SAMPLE if median is None else spread(median, 2 * median),
        )
        for at, median in enumerate(medians)
    ]


def card(key: str, medians: Sequence[float | None]) -> Card:
    return next(each for each in cards(days(medians)) if each.key == key)


def test_a_rise_is_told_with_its_interval_and_called_worse() -> None:
    found = card("median", [10_000, 11_100, 11_900, 13_000, 14_100, 14_900, 16_000])
    assert found.verdict == "worse"
    assert found.reading == (
        "Up by 993 ms a day in the last seven days (95 % sure: +950 ms to +1.0 s)."
    )
    assert found.newest.value == "16.0 s"


def test_a_share_changes_by_points() -> None:
    falling = [
        replace(day, runs=replace(day.runs, regenerated=30 - 2 * at))
        for at, day in enumerate(days([10_000] * 7))
    ]
    found = next(each for each in cards(falling) if each.key == "regeneration")
    assert found.reading.startswith("Down by 2.0 points a day")


def test_a_fall_of_time_is_better() -> None:
    found = card("median", [16_000, 15_000, 14_000, 13_000, 12_000, 11_000, 10_000])
    assert found.verdict == "better"
    assert found.reading.startswith("Down by 1.0 s a day")


def test_days_that_vary_show_no_clear_change() -> None:
    found = card("median", [10_000, 16_000, 11_000, 15_000, 9_000, 16_000, 11_000])
    assert found.verdict == ""
    assert found.reading.startswith("No clear change in the last seven days: between −")


def test_too_few_days_say_so_and_two_are_drawn() -> None:
    found = card("median", [10_000, None, 12_000])
    assert found.reading == ("No trend yet: 5 of the last seven days need a sample of at least 5.")
    assert found.chart is not None
    assert [row.day for row in found.rows] == ["3 Mar 2026", "1 Mar 2026"]
    assert card("median", [10_000, None]).chart is None


def test_a_day_that_stands_out_is_named_and_marked() -> None:
    found = card("median", [10_000] * 6 + [90_000] + [10_100] * 7)
    assert found.unusual == ("7 Mar 2026 stands out: 90.0 s, usually 10.1 s.",)
    assert [row.day for row in found.rows if row.stands_out] == ["7 Mar 2026"]
    assert found.chart is not None
    assert found.chart.count("dot-beyond") == 1


def counted_by(count: int, all_days: Sequence[Day]) -> list[Day]:
    return [replace(day, durations=replace(day.durations, count=count)) for day in all_days]


def of_samples(key: str, shares: Sequence[tuple[int, int]]) -> Card:
    """Days with so many failed runs of so many, and as many that were timed."""
    of = [
        replace(
            day,
            runs=runs(runs=count, by_outcome={"failed": failed, "completed": count - failed}),
            durations=spread(90_000 if failed else 10_000, 90_000 if failed else 20_000, count),
        )
        for day, (failed, count) in zip(days([10_000] * len(shares)), shares, strict=True)
    ]
    return next(each for each in cards(of) if each.key == key)


ALL_WELL = [(0, 30)] * 13


@pytest.mark.parametrize("key", ["errors", "median", "p95"])
def test_a_day_with_a_single_case_is_shown_and_not_judged(key: str) -> None:
    found = of_samples(key, [*ALL_WELL, (1, 1)])
    assert found.unusual == ()
    assert (found.newest.few, found.newest.stands_out, found.newest.sample) == (True, False, "1")
    assert found.newest.value == ("100.0 %" if key == "errors" else "90.0 s")
    assert str(found.chart).count("dot-few") == 1
    assert of_samples(key, [*ALL_WELL, (20, 20)]).newest.stands_out


def test_a_single_case_of_many_does_not_make_a_day_stand_out() -> None:
    assert of_samples("errors", [*ALL_WELL, (1, 20)]).unusual == ()
    assert of_samples("errors", [*ALL_WELL, (2, 20)]).unusual != ()


def test_the_95th_percentile_takes_more_cases_than_the_median() -> None:
    rising = counted_by(19, days(range(9, 18)))
    found = {each.key: each for each in cards(rising)}
    assert found["median"].verdict == "worse"
    assert found["p95"].verdict == ""
    assert "a sample of at least 20" in found["p95"].reading


def test_days_with_few_cases_make_no_trend() -> None:
    found = next(each for each in cards(counted_by(4, days(range(9, 18)))) if each.key == "median")
    assert found.verdict == ""
    assert found.reading.startswith("No trend yet")
    assert len(found.rows) == 9


def test_each_figure_names_what_it_rests_on() -> None:
    (day,) = days([10_000])
    counted = replace(
        day,
        runs=runs(
            runs=50, by_outcome={"completed": 45, "cancelled": 5}, asked_model=40, checked=30
        ),
        durations=spread(1, 1, 44),
        calls=calls(could_hit=12),
    )
    assert {each.key: (each.basis, each.newest.sample) for each in cards([counted])} == {
        "median": ("Timed runs", "44"),
        "p95": ("Timed runs", "44"),
        "errors": ("Runs, cancelled ones left out", "45"),
        "parallel": ("Runs meant for parallel processing", "40"),
        "regeneration": ("Checked reports", "30"),
        "cost": ("Runs", "50"),
        "hits": ("Repeated questions", "12"),
        "runs": ("", ""),
    }


def test_nothing_is_shown_of_what_no_day_has() -> None:
    untimed = [replace(day, durations=NO_SAMPLE) for day in days([10_000] * 7)]
    assert not {each.key for each in cards(untimed)} & {"median", "p95"}


def test_nothing_is_shown_without_a_run() -> None:
    assert cards(days([None] * 7)) == ()
    assert cards([]) == ()


@pytest.mark.parametrize(
    ("key", "held"),
    [
        ("errors", "up to 5.0 %"),
        ("parallel", "at least 99.0 %"),
        ("regeneration", "15.0 % to 25.0 %"),
        ("median", ""),
    ],
)
def test_what_it_is_held_against_is_said(key: str, held: str) -> None:
    assert card(key, [10_000] * 7).held == held


def test_the_drawing_brings_no_script_style_or_hidden_text() -> None:
    for each in cards(days([10_000, 12_000, 11_000, 13_000, 9_000, 14_000, 15_000])):
        drawn = str(each.chart)
        assert drawn.startswith("<svg")
        assert 'aria-hidden="true"' in drawn
        assert not re.search(r"<(script|style|desc|title|defs)|style=|http-equiv|fill=", drawn)


def test_only_the_line_of_a_clear_trend_is_drawn() -> None:
    assert "chart-trend" in str(card("median", [10_000 + 500 * day for day in range(9)]).chart)
    assert "chart-trend" not in str(card("median", [10_000, 16_000] * 4).chart)
    assert "chart-trend" not in str(card("median", [10_000] * 4).chart)


def test_days_before_the_first_run_are_not_followed() -> None:
    found = card("runs", [None, None, 10_000, None, 10_000, 10_000, 10_000, 10_000])
    assert found.rows[-1].day == "3 Mar 2026"
    assert len(found.rows) == 6


def test_days_that_are_all_alike_are_said_to_be() -> None:
    assert card("errors", [10_000] * 7).reading == "The same every day."


def test_no_two_labels_of_an_axis_are_the_same() -> None:
    found = cards([replace(day, runs=replace(day.runs, runs=1)) for day in days([10_000] * 3)])
    drawn = next(str(each.chart) for each in found if each.key == "runs")
    labels = re.findall(r"<text[^>]*>(\d)</text>", drawn)
    assert labels
    assert len(labels) == len(set(labels))
