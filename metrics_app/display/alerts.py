"""Alerts that are open, and those that were."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import F
from django.urls import reverse

from metrics_app.alerts.rules import title_of
from metrics_app.models import Alert, Severity

CLOSED: Final = 5
"""Alerts that are over, and still shown."""

READ: Final = 50
"""More than there are rules, so that all that are open are among them."""


@dataclass(frozen=True, slots=True)
class AlertLine:
    """`closed_at` is `None` while it is open. `address` has who was told, and how."""

    key: int
    title: str
    severity: str
    critical: bool
    figures: str
    opened_at: datetime
    closed_at: datetime | None
    address: str


@dataclass(frozen=True, slots=True)
class Alerts:
    """The critical ones of those that are open first; those that are over by when they ended."""

    open: tuple[AlertLine, ...]
    over: tuple[AlertLine, ...]


def alerts() -> Alerts:
    """One query."""
    newest = Alert.objects.order_by(F("closed_at").desc(nulls_first=True), "-opened_at")
    lines = [_line(alert) for alert in newest[:READ]]
    still = [line for line in lines if line.closed_at is None]
    over = [line for line in lines if line.closed_at is not None]
    still.sort(key=lambda line: not line.critical)
    return Alerts(tuple(still), tuple(over[:CLOSED]))


def _line(alert: Alert) -> AlertLine:
    return AlertLine(
        key=alert.pk,
        title=title_of(alert.rule),
        severity=str(Severity(alert.severity).label),
        critical=alert.severity == Severity.CRITICAL,
        figures=alert.figures,
        opened_at=alert.opened_at,
        closed_at=alert.closed_at,
        address=reverse("admin:metrics_app_alert_change", args=[alert.pk]),
    )
