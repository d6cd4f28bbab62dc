"""Tells that the database is away, without needing it."""

from __future__ import annotations

import logging
from datetime import datetime

from django.conf import settings
from django.db import Error
from django.utils import translation

from metrics_app.alerts.findings import finding
from metrics_app.alerts.memory import Memory, decide
from metrics_app.alerts.readings import Evidence, Reading, database_state
from metrics_app.alerts.rules import DATABASE, Level, Rule, is_breached, rules
from metrics_app.alerts.told import Told
from metrics_app.health import Health
from metrics_app.models import Alert, Notice
from metrics_app.windows import Window

logger = logging.getLogger(__name__)


class DatabaseWatch:
    """Remembers in the memory of its process. When the database is back, the alert goes into the
    history, closed; a process that ends before that leaves no trace of it but its notices.
    """

    def __init__(self) -> None:
        self._memory = Memory()
        self._opened: Alert | None = None

    @property
    def is_open(self) -> bool:
        return self._memory.is_open

    def look(self, seen: Health, now: datetime) -> list[Told]:
        (rule,) = (rule for rule in rules() if rule.name == DATABASE)
        (level,) = rule.levels
        reading = database_state(Evidence(Window.last(rule.minutes, now), seen))
        breached = is_breached(rule, level, reading)
        step = decide(self._memory, breached, now, level.cooldown, hidden=False)
        self._memory = step.memory
        if step.notice is None:
            return []
        with translation.override(settings.LANGUAGE_CODE):
            return [self._told(step.notice, rule, level, reading, now)]

    def _told(
        self, notice: Notice, rule: Rule, level: Level, reading: Reading, now: datetime
    ) -> Told:
        found = finding(rule, level, reading)
        alert = self._opened or Alert(
            rule=rule.name, severity=level.severity, opened_at=now, figures=found
        )
        self._opened = alert
        if notice == Notice.RECOVERED:
            self._opened = None
            _into_history(alert, now)
        return Told(
            alert_id=alert.pk,
            notice=notice,
            severity=level.severity,
            rule=rule.name,
            title=str(rule.title),
            finding=found,
            figures="",
            opened_at=alert.opened_at,
            at=now,
        )


def _into_history(alert: Alert, now: datetime) -> None:
    alert.closed_at = now
    try:
        alert.save()
    except Error:
        logger.exception("that the database was away is not in the history")
