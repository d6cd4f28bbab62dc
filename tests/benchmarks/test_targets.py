from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from benchmarks.measured import Measured
from benchmarks.names import HYBRID_KEPT, OURS_ALIGNED, OURS_KEPT, OURS_LONG
from benchmarks.summary import Row
from benchmarks.targets import Target, mean_walls, targets
from benchmarks.tight import Tight
from tests.benchmarks.samples import everything, measured, row, rows, tight


def with_rows(**more: Row) -> Measured:
    return replace(measured(), rows={**rows(), **{each.name: each for each in more.values()}})


def found(name: str) -> Target:
    (target,) = (each for each in targets(measured()) if each.name == name)
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


def test_a_least_is_missed_from_below() -> None:
    assert Target("", 4.0, 4.0, at_least=True).met
    assert Target("", 3.5, 4.0, at_least=True).missed_by == pytest.approx(0.5)


def test_a_quick_run_has_no_targets() -> None:
    assert targets(measured(quick=True)) == []


def test_what_else_was_measured_has_targets_too() -> None:
    met = {target.name: target.met for target in targets(everything())}
    assert met["slowest of 2 seeded talks against its own sequential flow"]
    assert met["30 minutes under a tight budget: runs that lack something"]
    assert met["memory of the job, 5 minutes"]
    assert not met["memory of the job, 30 minutes"]
    assert "memory of the decoder, 30 minutes" not in met
    assert met["rough draft on one core, × realtime"]


@pytest.mark.parametrize(
    ("found", "name"),
    [
        (tight(refused=1), "the same: calls the server refused"),
        (tight(complete=False), "30 minutes under a tight budget: runs that lack something"),
    ],
)
def test_a_tight_budget_may_cost_nothing_but_time(found: Tight, name: str) -> None:
    met = {target.name: target.met for target in targets(replace(measured(), tight=found))}
    assert not met[name]


def test_rows_that_were_not_measured_have_no_targets() -> None:
    names = {target.name for target in targets(measured())}
    assert not any("30 minutes" in name or "alignment" in name for name in names)


def test_half_an_hour_is_held_against_five_minutes() -> None:
    more = with_rows(long=row(OURS_LONG, 12.0, 5.0), aligned=row(OURS_ALIGNED, 10.0, 6.8))
    values = {target.name: target.value for target in targets(more)}
    assert values["30 minutes against 5 minutes"] == pytest.approx(12 / 9)
    assert values["provisional report, word times by alignment"] == pytest.approx(0.1)


def test_an_unknown_cost_is_not_compared() -> None:
    unknown = with_rows(hybrid=replace(rows()[HYBRID_KEPT], usd=None))
    names = {target.name for target in targets(unknown)}
    assert "US dollars against the hybrid, kept" not in names
    assert "US dollars against the hybrid, regenerated" in names


def test_a_flow_without_output_of_ours_is_cheaper() -> None:
    cheap = replace(rows()[OURS_KEPT], usd=Decimal("0.005"))
    values = {target.name: target.value for target in targets(with_rows(ours=cheap))}
    assert values["US dollars against the hybrid, kept"] == pytest.approx(0.25)


def test_means_over_all_talks_weigh_the_regenerated_ones() -> None:
    assert mean_walls(rows()) == pytest.approx({"sequential": 68, "hybrid": 50.4, "ours": 10})
