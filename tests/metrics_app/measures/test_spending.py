from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from metrics_app.measures.spending import Cost, cost
from metrics_app.windows import Scope, Window
from tests.metrics_app.measured import NOON, a_call, a_run, save

pytestmark = pytest.mark.django_db

HALF_AN_HOUR = Window(NOON, NOON + timedelta(minutes=30))


def test_the_rate_of_the_window_is_taken_for_a_day_and_a_month() -> None:
    save([a_call(cost_usd=Decimal("0.25")), a_call(cost_usd=Decimal("0.05"))])
    save([a_run(), a_run()])
    found = cost(HALF_AN_HOUR)
    assert (found.usd, found.per_run) == (Decimal("0.3"), Decimal("0.15"))
    assert (found.projected_day, found.projected_month) == (Decimal("14.4"), Decimal(432))


def test_without_calls_and_runs_there_is_nothing_to_go_by() -> None:
    assert cost(HALF_AN_HOUR) == Cost(Decimal(0), None, None, None, 0)


def test_calls_without_a_price_are_told_beside_the_sum() -> None:
    save([a_call(cost_usd=None), a_call(run_kind="drill")])
    assert cost(HALF_AN_HOUR).unpriced == 1
    assert cost(HALF_AN_HOUR, Scope(kind="drill")) == Cost(
        Decimal("0.01"), None, Decimal("0.48"), Decimal("14.4"), 0
    )
