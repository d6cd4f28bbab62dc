from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from metrics_app.display.kpis import Kpi, Measured, Targets, kpis
from metrics_app.measures.spending import Cost
from metrics_app.spread import NO_SAMPLE, Spread
from metrics_app.windows import Window
from tests.metrics_app.figures import runs, spread

UNTIL = datetime(2026, 1, 2, tzinfo=UTC)
COST = Cost(Decimal("2"), Decimal("0.02"), Decimal("9.60"), Decimal("288"), 0)
MEASURED = Measured(
    Window(UNTIL - timedelta(hours=1), UNTIL), "session", runs(), spread(20_000, 40_000), COST
)
TARGETS = Targets(30, Decimal("0.5"))


def shown(targets: Targets = TARGETS, **changes: Any) -> dict[str, Kpi]:
    return {kpi.key: kpi for kpi in kpis(replace(MEASURED, **changes), targets)}


def test_every_figure_has_its_target_its_sample_and_its_source() -> None:
    assert [
        (kpi.label, kpi.value, kpi.target, kpi.met, kpi.sample) for kpi in shown().values()
    ] == [
        ("Average processing time", "20.0 s", "up to 30.0 s", True, "100 runs"),
        ("95 % of the runs within", "40.0 s", "up to 45.0 s", True, "100 runs"),
        ("Parallel success rate", "100.0 %", "more than 99 %", True, "100 runs"),
        ("Regeneration rate", "20.0 %", "15 % to 25 %", True, "100 runs"),
        ("Error rate", "0.0 %", "up to 5 %", True, "100 runs"),
        ("Cost of a run", "$0.0200", "up to $0.50 an hour", True, "100 runs"),
    ]


def test_the_source_is_the_list_of_the_same_time_and_kind() -> None:
    found = shown()
    window = "2026-01-01T23%3A00%3A00%2B00%3A00"
    assert found["p95"].source == (
        f"/admin/metrics_app/run/?finished_at__gte={window}"
        "&finished_at__lt=2026-01-02T00%3A00%3A00%2B00%3A00&kind__exact=session"
    )
    assert found["cost"].source.startswith(f"/admin/metrics_app/call/?started_at__gte={window}")
    assert "run_kind__exact=session" in found["cost"].source
    assert "kind" not in shown(kind="")["p95"].source


@pytest.mark.parametrize(
    ("key", "changes"),
    [
        ("average", {"durations": spread(31_000, 40_000)}),
        ("p95", {"durations": spread(20_000, 46_000)}),
        ("parallel", {"totals": runs(parallel=98)}),
        ("regeneration", {"totals": runs(regenerated=14)}),
        ("regeneration", {"totals": runs(regenerated=26)}),
        ("errors", {"totals": runs(by_outcome={"completed": 94, "failed": 6})}),
        ("cost", {"cost": replace(COST, projected_day=Decimal("12.01"))}),
    ],
)
def test_each_can_miss_its_target_alone(key: str, changes: dict[str, Any]) -> None:
    missed = [kpi.key for kpi in shown(**changes).values() if kpi.met is False]
    assert missed == [key]


def test_a_small_sample_is_shown_and_not_judged() -> None:
    few = runs(runs=19, asked_model=19, parallel=2, checked=19, by_outcome={"failed": 19})
    found = shown(totals=few, durations=spread(90_000, 90_000, 19))
    assert {key for key, kpi in found.items() if kpi.met is not None} == {"cost"}
    assert found["errors"].value == "100.0 %"


@pytest.mark.parametrize(("a_day", "met"), [("12.00", True), ("12.01", False)])
def test_what_an_hour_costs_needs_no_sample(a_day: str, met: bool) -> None:
    cost = replace(COST, projected_day=Decimal(a_day), per_run=None)
    assert shown(totals=runs(runs=0), cost=cost)["cost"].met is met


def test_what_is_not_known_is_not_zero() -> None:
    none = runs(runs=0, by_outcome={}, parallel=0, asked_model=0, checked=0, regenerated=0)
    unknown = Cost(Decimal(0), None, None, None, 0)
    found = shown(totals=none, durations=NO_SAMPLE, cost=unknown)
    assert {kpi.value for kpi in found.values()} == {None}
    assert (found["cost"].also, found["cost"].target) == ("", "")  # no call was made
    assert {kpi.met for kpi in found.values()} == {None}


def test_cancelled_runs_are_no_sample_of_errors() -> None:
    totals = runs(by_outcome={"completed": 20, "cancelled": 80})
    assert shown(totals=totals)["errors"].sample == "20 runs"


def test_without_targets_nothing_is_judged_by_them() -> None:
    found = shown(Targets(None, None))
    assert [kpi.key for kpi in found.values() if not kpi.target] == ["average", "p95", "cost"]
    assert {found[key].met for key in ("average", "p95", "cost")} == {None}


def test_percentiles_of_hours_say_how_exact_they_are() -> None:
    rough: Spread = replace(spread(20_000, 40_000), error_bound=0.011)
    assert shown(durations=rough)["p95"].also == "exact to ±1.1 %"


def test_calls_without_a_price_are_said_beside_the_cost() -> None:
    found = shown(cost=replace(COST, unpriced=3))
    assert found["cost"].also == "$0.40 an hour · 3 calls without a known price"
