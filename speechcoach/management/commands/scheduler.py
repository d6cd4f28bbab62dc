"""`manage.py scheduler`: the process that watches runs, and looks at the rules for alerts."""

from __future__ import annotations

import signal
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from metrics_app import retention, rollups
from metrics_app.alerts.watch import AlertWatch
from sessions_app.scheduler import Scheduler
from speechcoach.alerting import delivery


class Command(BaseCommand):
    help = (
        "Watches runs and rings for those whose worker died; tells when something is wrong. "
        "Any number may run; one leads."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        scheduler = Scheduler(hourly=(rollups.roll_up, retention.purge))
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: scheduler.stop())
        alerts = AlertWatch(delivery(), leads=lambda: scheduler.leads, died=scheduler.stop)
        alerts.start()
        try:
            scheduler.run()
        finally:
            alerts.stop()
        if alerts.has_died:
            raise CommandError("Alerts could not be looked at any more.", returncode=1)
