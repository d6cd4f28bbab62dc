"""`manage.py scheduler`: the process that watches runs."""

from __future__ import annotations

import signal
from typing import Any

from django.core.management.base import BaseCommand

from sessions_app.scheduler import Scheduler


class Command(BaseCommand):
    help = "Watches runs and rings for those whose worker died. Any number may run; one leads."

    def handle(self, *args: Any, **options: Any) -> None:
        scheduler = Scheduler()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: scheduler.stop())
        scheduler.run()
