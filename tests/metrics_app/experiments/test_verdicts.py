from __future__ import annotations

import pytest

from metrics_app.experiments.intervals import Interval
from metrics_app.experiments.means import Mean
from metrics_app.experiments.verdicts import Verdict, enough, verdict


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (0.1, 3.0, Verdict.HIGHER),
        (-3.0, -0.1, Verdict.LOWER),
        (-1.0, 1.0, Verdict.ALIKE),
        (-0.5, 1.1, Verdict.UNCLEAR),
        (-1.1, 0.5, Verdict.UNCLEAR),
        (0.0, 1.1, Verdict.UNCLEAR),
    ],
)
def test_an_interval_allows_one_thing_to_be_said(low: float, high: float, said: Verdict) -> None:
    assert verdict(Interval(low, (low + high) / 2, high), 1.0) is said


def arm(people: int) -> Mean:
    return Mean(runs=1_000, people=people, value=1.0, variance=0.1)


@pytest.mark.parametrize(
    ("on", "off", "is_enough"),
    [(arm(30), arm(30), True), (arm(29), arm(30), False), (arm(30), arm(29), False),
     (None, arm(30), False), (arm(30), None, False)],
)  # fmt: skip
def test_it_takes_thirty_people_with_each_variant(
    on: Mean | None, off: Mean | None, is_enough: bool
) -> None:
    assert enough(on, off) is is_enough
