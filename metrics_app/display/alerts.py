"""Alerts that are open, and those that were."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from metrics_app.alerts.rules import title_of
from metrics_app.models import Alert, Severity


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


def alert_lines(alerts: Iterable[Alert]) -> tuple[AlertLine, ...]:
    return tuple(_line(alert) for alert in alerts)


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
