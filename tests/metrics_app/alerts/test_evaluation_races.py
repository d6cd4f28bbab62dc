"""Several evaluators at once, each on a real connection of either database."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier

import pytest
from django.db import connection

from metrics_app.health import Health
from metrics_app.models import Alert, AlertState
from tests.metrics_app.alerts.sights import (
    HEALTHY,
    MINUTE,
    NOW,
    Seen,
    runs,
    short,
    told_at,
    waiting,
)

pytestmark = pytest.mark.django_db(transaction=True)

EVALUATORS = 4


def together(now: datetime, seen: Health) -> list[Seen]:
    """What all of them tell, who begin at the same moment."""
    start = Barrier(EVALUATORS)

    def look() -> list[Seen]:
        try:
            start.wait(20)
            return short(told_at(now, seen))
        finally:
            connection.close()

    with ThreadPoolExecutor(EVALUATORS) as pool:
        looks = [pool.submit(look) for _ in range(EVALUATORS)]
        return [told for each in looks for told in each.result(60)]


def test_each_thing_is_told_once() -> None:
    runs(30, outcome="failed")
    told = [each for n in range(8) for each in together(NOW + n * MINUTE, waiting(100))]
    assert sorted(told) == [
        ("error_rate", "critical", "opened"),
        ("error_rate", "critical", "still_open"),
        ("oldest_job", "warning", "opened"),
    ]
    told = [each for n in (8, 9, 10) for each in together(NOW + n * MINUTE, HEALTHY)]
    assert told == [("oldest_job", "warning", "recovered")]
    assert Alert.objects.count() == 2


def test_states_of_a_new_rule_are_made_once() -> None:
    together(NOW, HEALTHY)
    keys = list(AlertState.objects.values_list("rule", "severity"))
    assert len(keys) == len(set(keys)) > 0


def test_what_is_switched_off_is_closed_once() -> None:
    alert = Alert.objects.create(rule="switched off", severity="warning", opened_at=NOW)
    AlertState.objects.create(rule=alert.rule, severity="warning", alert=alert)
    assert together(NOW + MINUTE, HEALTHY) == []
    state = AlertState.objects.get(rule=alert.rule)
    assert (state.alert, state.version) == (None, 1)
