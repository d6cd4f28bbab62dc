from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone, translation

from metrics_app.experiments import (
    Arm,
    Comparison,
    Difference,
    Doubt,
    Interval,
    Mean,
    Measure,
    Verdict,
)
from metrics_app.experiments.wording import arm_line, doubts, lines
from metrics_app.windows import Window

NOW = timezone.now()


def comparison(*differences: Difference, about: tuple[Doubt, ...] = ()) -> Comparison:
    arm, window = Arm(40, 30, 20_000.0), Window(NOW - timedelta(days=7), NOW)
    return Comparison("answer_cache", window, "session", arm, arm, differences, about)


def difference(measure: Measure, verdict: Verdict, **fields: object) -> Difference:
    values = {Measure.TIME: 20_500.0, Measure.COST: 0.0123}
    known = {
        "on": Mean(1_234, 100, values.get(measure, 0.25), 1.0),
        "off": Mean(1, 1, values.get(measure, 0.25), None),
        "interval": Interval(-1_200.0, -500.0, 200.0),
        "worth_knowing": 2_050.0,
        "runs_needed": 1_600,
    }
    return Difference(measure, verdict=verdict, **(known | fields))  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def english() -> None:
    translation.activate("en")


def test_a_difference_is_written_with_its_sign_and_its_interval() -> None:
    (line,) = lines(comparison(difference(Measure.TIME, Verdict.ALIKE)))
    assert line.on == "20.5 s (1,234 runs of 100 people)"
    assert line.off == "20.5 s (1 run of 1 person)"
    assert line.difference == "−500 ms (between −1.2 s and +200 ms)"
    assert line.verdict == "No difference worth knowing: less than 2.0 s."
    assert line.clear


def test_shares_are_in_per_cent_and_their_differences_in_points() -> None:
    found = difference(
        Measure.FAILED, Verdict.HIGHER, interval=Interval(0.01, 0.05, 0.092), worth_knowing=0.05
    )
    (line,) = lines(comparison(found))
    assert line.on.startswith("25.0 % (")
    assert line.difference == "+5.0 points (between +1.0 points and +9.2 points)"
    assert line.verdict == "Higher with the flag on."


def test_no_difference_has_no_sign() -> None:
    found = difference(Measure.FAILED, Verdict.UNCLEAR, interval=Interval(-0.088, 0.0, 0.088))
    (line,) = lines(comparison(found))
    assert line.difference.startswith("0.0 points (between −8.8 points")


def test_cost_is_in_dollars() -> None:
    found = difference(Measure.COST, Verdict.LOWER, interval=Interval(-0.02, -0.015, -0.011))
    (line,) = lines(comparison(found))
    assert line.on.startswith("$0.0123 (")
    assert line.difference.startswith("−$0.0150 (")
    assert line.verdict == "Lower with the flag on."


@pytest.mark.parametrize(
    ("verdict", "interval", "why"),
    [
        (Verdict.TOO_FEW, None, "it takes 30 people with each variant."),
        (Verdict.UNCLEAR, Interval(-3_000, 0, 3_000), "there may or may not be a difference"),
    ],
)
def test_too_little_data_is_said_plainly_and_how_much_it_takes(
    verdict: Verdict, interval: Interval | None, why: str
) -> None:
    (line,) = lines(comparison(difference(Measure.TIME, verdict, interval=interval)))
    assert line.verdict.startswith("Not enough data: ")
    assert why in line.verdict
    assert "About 1,600 runs of each variant would show a difference of 2.0 s." in line.verdict
    assert not line.clear


def test_what_is_not_known_is_not_available() -> None:
    nothing = Difference(Measure.COST, None, None, None, None, None, Verdict.TOO_FEW)
    (line,) = lines(comparison(nothing))
    assert {line.on, line.off, line.difference} == {"not available"}
    assert line.verdict == "Not enough data: it takes 30 people with each variant."


@pytest.mark.parametrize("doubt", Doubt)
def test_every_doubt_has_words(doubt: Doubt) -> None:
    (text,) = doubts(comparison(about=(doubt,)))
    assert str(text).endswith(".")


def test_an_arm_without_a_completed_run_has_no_median() -> None:
    assert arm_line(Arm(3, 2, None)).median == ""
    assert arm_line(Arm(3, 2, 20_000.0)).median == "20.0 s"
