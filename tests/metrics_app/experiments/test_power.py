from __future__ import annotations

import numpy as np
import pytest

from metrics_app.experiments.intervals import newcombe, welch
from metrics_app.experiments.means import Mean, Tally, mean_of
from metrics_app.experiments.power import runs_for_mean, runs_for_share

EXPERIMENTS = 500
WITHIN = (0.76, 0.84)


def mean(values: np.ndarray) -> Mean:
    found = mean_of([Tally(1, float(value)) for value in values])
    assert found is not None
    return found


def test_lehrs_rule_is_met() -> None:
    """Sixteen times the variance over the square of the difference."""
    arm = Mean(runs=100, people=100, value=10.0, variance=4.0 / 100)
    assert runs_for_mean(arm, arm, 1.0) == pytest.approx(16 * 4.0, rel=0.03)


def test_four_of_five_experiments_of_that_size_see_the_difference_of_means() -> None:
    random = np.random.default_rng(17)
    first = mean(random.normal(20, 5, 4_000))
    size = runs_for_mean(first, first, 2.0)
    assert size is not None
    seen = 0
    for _ in range(EXPERIMENTS):
        interval = welch(mean(random.normal(22, 5, size)), mean(random.normal(20, 5, size)))
        assert interval is not None
        seen += interval.low > 0
    assert WITHIN[0] <= seen / EXPERIMENTS <= WITHIN[1]


def test_four_of_five_experiments_of_that_size_see_the_difference_of_shares() -> None:
    random = np.random.default_rng(19)
    off = Mean(runs=10_000, people=10_000, value=0.2, variance=0.2 * 0.8 / 10_000)
    size = runs_for_share(off, off, 0.05)
    seen = 0
    for _ in range(EXPERIMENTS):
        interval = newcombe(mean(random.random(size) < 0.25), mean(random.random(size) < 0.2))
        seen += interval.low > 0
    assert WITHIN[0] <= seen / EXPERIMENTS <= WITHIN[1]


def test_runs_that_resemble_each_other_take_more_of_them() -> None:
    alone = mean_of([Tally(1, 1.0), Tally(1, 0.0)] * 50)
    alike = mean_of([Tally(4, 4.0), Tally(4, 0.0)] * 50)
    assert alone is not None
    assert alike is not None
    few, many = runs_for_share(alone, alone, 0.05), runs_for_share(alike, alike, 0.05)
    assert many == pytest.approx(4 * few, rel=0.001)


def test_a_share_of_nearly_all_moves_down() -> None:
    arm = Mean(runs=100, people=100, value=1.0, variance=0.0)
    assert runs_for_share(arm, arm, 0.05) > 0


def test_a_difference_of_nothing_cannot_be_seen() -> None:
    arm = Mean(runs=100, people=100, value=0.0, variance=0.0)
    assert runs_for_mean(arm, arm, 0.0) is None


def test_without_a_variance_nobody_knows() -> None:
    one = Mean(runs=5, people=1, value=1.0, variance=None)
    assert runs_for_mean(one, one, 0.1) is None
