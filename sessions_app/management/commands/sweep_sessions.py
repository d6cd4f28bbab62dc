"""`manage.py sweep_sessions`: one pass of what the scheduler does all the time."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from sessions_app.models import RunState, SessionRun
from sessions_app.scheduler import sweep


class Command(BaseCommand):
    help = "Rings once for every run that no living worker holds, and lists those in quarantine."

    def handle(self, *args: Any, **options: Any) -> None:
        rung = sweep()
        for run_id in rung:
            self.stdout.write(f"run {run_id}: rung")
        condemned = SessionRun.objects.filter(state=RunState.QUARANTINED).order_by("queued_at")
        for run in condemned:
            self.stdout.write(
                f"run {run.pk} of session {run.session_id}: in quarantine "
                f"after {run.deaths} deaths of its worker"
            )
        self.stdout.write(f"Rung: {len(rung)}. In quarantine: {len(condemned)}.")
