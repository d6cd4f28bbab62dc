from __future__ import annotations

from datetime import datetime

import pytest

from metrics_app.alerts.history import forget_old_alerts
from metrics_app.models import Alert, AlertDelivery, AlertState
from tests.metrics_app.alerts.sights import MINUTE, NOW

pytestmark = pytest.mark.django_db

LONG_AGO = NOW - 90 * 24 * 60 * MINUTE


def alert(rule: str, closed_at: datetime | None, noticed_at: datetime) -> Alert:
    made = Alert.objects.create(
        rule=rule, severity="critical", opened_at=LONG_AGO, closed_at=closed_at
    )
    delivery = AlertDelivery.objects.create(
        alert=made, notice="opened", channel="log", delivered=True
    )
    AlertDelivery.objects.filter(pk=delivery.pk).update(at=noticed_at)
    return made


def test_what_was_over_by_then_goes_with_its_notices() -> None:
    alert("old", NOW - MINUTE, LONG_AGO)
    alert("at that time", NOW, NOW)
    alert("new", NOW + MINUTE, NOW)
    assert forget_old_alerts(NOW) == 1
    kept = AlertDelivery.objects.order_by("alert__rule").values_list("alert__rule", flat=True)
    assert list(kept) == ["at that time", "new"]
    assert Alert.objects.count() == 2
    assert forget_old_alerts(NOW) == 0


def test_what_is_open_stays_without_its_old_notices() -> None:
    still_open = alert("open", None, LONG_AGO)
    state = AlertState.objects.create(rule="open", severity="critical", alert=still_open)
    AlertDelivery.objects.create(
        alert=still_open, notice="still_open", channel="log", delivered=True
    )
    assert forget_old_alerts(NOW) == 0
    state.refresh_from_db()
    assert state.alert == still_open
    assert [each.notice for each in still_open.deliveries.all()] == ["still_open"]
