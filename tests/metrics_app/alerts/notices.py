"""Notices to be brought."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from metrics_app.alerts.told import Told
from metrics_app.models import Alert, Notice, Severity
from tests.metrics_app.alerts.sights import NOW

LINK = "https://coach.example.com/staff/metrics/"
TOLD = Told(
    alert_id=None,
    notice=Notice.OPENED,
    severity=Severity.CRITICAL,
    rule="error_rate",
    title="Failed runs",
    finding="25.0 % (should be at most 10.0 %), 20 cases, the last 60 minutes.",
    figures="Completed: 15; Failed: 5.",
    opened_at=NOW,
    at=NOW,
)


def told(**changes: Any) -> Told:
    return replace(TOLD, **changes)


def kept(**changes: Any) -> Told:
    """Of an alert that is in the database."""
    alert = Alert.objects.create(rule="error_rate", severity="critical", opened_at=NOW)
    return told(alert_id=alert.pk, **changes)
