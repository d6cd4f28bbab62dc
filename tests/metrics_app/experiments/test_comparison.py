from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from metrics_app.experiments import Arm, Comparison, Difference, Measure, Verdict, compare
from metrics_app.windows import Window
from tests.metrics_app.experiments.variants import FLAG, a_call, a_run

pytestmark = pytest.mark.django_db


def compared() -> Comparison:
    return compare(FLAG, Window.last(60, timezone.now() + timedelta(minutes=1)))


def of(measure: Measure) -> Difference:
    (found,) = (each for each in compared().differences if each.measure is measure)
    return found


def runs(on: bool, times: list[int], **fields: object) -> None:
    """One a person."""
    for owner, ms in enumerate(times, start=1_000 * on):
        a_run(on, owner, total_ms=ms, **fields)


def around(middle: float, count: int = 60) -> list[int]:
    random = np.random.default_rng(23)
    return [int(ms) for ms in random.normal(middle, 1_000, count)]


def test_without_runs_there_is_nothing_to_say() -> None:
    found = compared()
    assert found.on == found.off == Arm(0, 0, None)
    assert {each.verdict for each in found.differences} == {Verdict.TOO_FEW}
    assert {each.interval for each in found.differences} == {None}


def test_a_flag_that_makes_runs_faster_is_seen() -> None:
    runs(True, around(15_000))
    runs(False, around(20_000))
    found = of(Measure.TIME)
    assert found.verdict is Verdict.LOWER
    assert found.interval is not None
    assert found.interval.low < -5_000 < found.interval.high
    assert found.worth_knowing == pytest.approx(2_000, rel=0.02)
    assert found.runs_needed == pytest.approx(4, abs=1)
    assert compared().on.median_ms == pytest.approx(15_000, rel=0.02)


def test_a_flag_that_changes_nothing_is_seen_to_change_nothing() -> None:
    runs(True, around(20_000))
    runs(False, around(20_050))
    assert of(Measure.TIME).verdict is Verdict.ALIKE


def test_too_few_people_are_told_and_their_difference_is_not() -> None:
    runs(True, around(15_000, count=29))
    runs(False, around(20_000))
    found = of(Measure.TIME)
    assert (found.verdict, found.interval) == (Verdict.TOO_FEW, None)
    assert found.runs_needed is not None


def test_many_runs_of_few_people_are_still_few_people() -> None:
    for owner in range(10):
        for _ in range(10):
            a_run(True, owner)
    runs(False, around(20_000))
    assert of(Measure.TIME).verdict is Verdict.TOO_FEW


def test_a_share_that_may_differ_is_unclear_with_how_many_runs_it_would_take() -> None:
    runs(True, around(20_000, 30), regenerated=False)
    runs(False, around(20_000, 30), regenerated=False)
    runs(True, around(20_000, 10), regenerated=True)
    found = of(Measure.REGENERATED)
    assert found.on is not None
    assert found.on.value == 0.25
    assert found.verdict is Verdict.HIGHER
    runs(False, around(20_000, 6), regenerated=True)
    found = of(Measure.REGENERATED)
    assert found.verdict is Verdict.UNCLEAR
    assert found.runs_needed is not None
    assert found.runs_needed > 500


def test_errors_and_cost_are_compared_too() -> None:
    for owner in range(40):
        a_call(a_run(True, owner), "0.02")
        a_call(a_run(False, owner, outcome="failed" if owner % 2 else "completed"), "0.01")
    assert of(Measure.FAILED).verdict is Verdict.LOWER
    assert of(Measure.COST).verdict is Verdict.HIGHER
    assert of(Measure.COST).interval is not None


@pytest.mark.parametrize(
    ("times", "median"), [([5], 5), ([9, 1], 5), ([9, 1, 2], 2), ([4, 1, 9, 2], 3)]
)
def test_the_median_is_of_the_completed_runs_of_each_variant(
    times: list[int], median: float
) -> None:
    runs(True, times)
    runs(False, [100, 102, 400])
    a_run(True, total_ms=1_000_000, outcome="failed")
    a_run(True, total_ms=None)
    found = compared()
    assert (found.on.median_ms, found.off.median_ms) == (median, 102)
    assert found.on.runs == len(times) + 2


def test_it_takes_two_queries(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    runs(True, around(15_000))
    with django_assert_num_queries(2):
        compared()


def test_a_flag_nobody_knows_is_a_mistake() -> None:
    with pytest.raises(KeyError):
        compare("paralel", Window.last(60))
