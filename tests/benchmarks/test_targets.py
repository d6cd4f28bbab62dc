from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from benchmarks.targets import (
    HYBRID_KEPT,
    OURS_ALIGNED,
    OURS_KEPT,
    OURS_LONG,
    Target,
    mean_walls,
    targets,
)
from tests.benchmarks.samples import row, rows


def found(name: str) -> Target:
    (target,) = (each for each in targets(rows()) if each.name == name)
    return target


def test_a_limit_reached_exactly_is_met() -> None:
    assert Target("", 0.15, 0.15).met
    assert not Target("", 0.151, 0.15).met


@pytest.mark.parametrize(
    ("name", "value", "met"),
    [
        ("complete report, coaching kept", 9 / 68, True),
        ("complete report, coaching regenerated", 14 / 68, True),
        ("slowest of all 5-minute talks", 14 / 68, True),
        ("provisional report, word times from the server", 3.4 / 68, False),
        ("the same in seconds", 3.4, False),
        ("our own time, coaching kept", 2.0, False),
        ("the same as a share of the wall time", 200 / 9, False),
        ("output tokens against the hybrid, kept", 1.0, False),
        ("US dollars against the hybrid, regenerated", 1.0, True),
    ],
)
def test_what_is_measured_is_held_against_its_limit(name: str, value: float, met: bool) -> None:
    target = found(name)
    assert target.value == pytest.approx(value)
    assert target.met is met
    assert (target.missed_by > 0) is not met


def test_rows_that_were_not_measured_have_no_targets() -> None:
    names = {target.name for target in targets(rows())}
    assert not any("30 minutes" in name or "alignment" in name for name in names)


def test_half_an_hour_is_held_against_five_minutes() -> None:
    more = {**rows(), OURS_LONG: row(OURS_LONG, 12.0, 5.0), OURS_ALIGNED: row("", 10.0, 6.8)}
    values = {target.name: target.value for target in targets(more)}
    assert values["30 minutes against 5 minutes"] == pytest.approx(12 / 9)
    assert values["provisional report, word times by alignment"] == pytest.approx(0.1)


def test_an_unknown_cost_is_not_compared() -> None:
    unknown = {**rows(), HYBRID_KEPT: replace(rows()[HYBRID_KEPT], usd=None)}
    names = {target.name for target in targets(unknown)}
    assert "US dollars against the hybrid, kept" not in names
    assert "US dollars against the hybrid, regenerated" in names


def test_a_flow_without_output_of_ours_is_cheaper() -> None:
    cheap = replace(rows()[OURS_KEPT], usd=Decimal("0.005"))
    values = {target.name: target.value for target in targets({**rows(), OURS_KEPT: cheap})}
    assert values["US dollars against the hybrid, kept"] == pytest.approx(0.25)


def test_means_over_all_talks_weigh_the_regenerated_ones() -> None:
    assert mean_walls(rows()) == pytest.approx({"sequential": 68, "hybrid": 50.4, "ours": 10})
