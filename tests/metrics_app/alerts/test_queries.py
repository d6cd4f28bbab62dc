from __future__ import annotations

from datetime import timedelta

import pytest

from metrics_app.alerts.queries import open_alerts, recent_alerts
from metrics_app.models import Alert
from tests.metrics_app.alerts.sights import MINUTE, NOW

pytestmark = pytest.mark.django_db


def alert(rule: str, severity: str, minute: int, closed: timedelta | None = None) -> None:
    opened = NOW + minute * MINUTE
    Alert.objects.create(
        rule=rule,
        severity=severity,
        opened_at=opened,
        closed_at=None if closed is None else opened + closed,
    )


def test_what_is_open_comes_with_the_worst_first() -> None:
    alert("a", "warning", 5)
    alert("b", "critical", 1)
    alert("c", "critical", 2)
    alert("over", "critical", 9, MINUTE)
    assert [each.rule for each in open_alerts()] == ["c", "b", "a"]


def test_what_is_over_comes_with_the_latest_first() -> None:
    alert("open", "critical", 1)
    alert("long ago", "warning", 0, MINUTE)
    alert("long", "warning", 0, 60 * MINUTE)
    alert("short", "warning", 10, MINUTE)
    assert [each.rule for each in recent_alerts(2)] == ["long", "short"]
