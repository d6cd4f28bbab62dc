from __future__ import annotations

from decimal import Decimal

import pytest

from benchmarks.summary import mixed, summarise
from tests.benchmarks.samples import call, flow, row


def test_a_row_has_the_medians_and_the_slowest() -> None:
    found = summarise([flow("ours", wall, provisional=wall / 2) for wall in (4.0, 9.0, 5.0)])
    assert (found.runs, found.wall, found.slowest, found.provisional) == (3, 5.0, 9.0, 2.5)


def test_a_flow_without_a_provisional_report_has_none() -> None:
    assert summarise([flow("sequential", 68.0)]).provisional is None


def test_the_cost_is_the_median_of_the_runs() -> None:
    runs = [flow("ours", 5.0, *[call("review", 0, 1)] * count) for count in (1, 2, 5)]
    assert summarise(runs).usd == Decimal("0.02")


def test_one_talk_in_five_regenerates() -> None:
    assert mixed(10.0, 20.0) == pytest.approx(12.0)


def test_stages_have_their_medians() -> None:
    found = row("ours", 9.0, 3.4)
    assert found.stages["media"] == pytest.approx(1.0)
    assert found.without_calls["media"] == pytest.approx(0.9)
