"""`manage.py rollup_metrics`: add up the calls and runs of the hours that are over."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from metrics_app.rollups import roll_up


class Command(BaseCommand):
    help = "Adds up the calls and runs of every hour that is over; the scheduler does it as well."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--since", help="from this time (UTC) on again, such as 2026-01-31")

    def handle(self, *args: Any, **options: Any) -> None:
        hours = roll_up(_moment(options["since"]) if options["since"] else None)
        self.stdout.write(f"{hours} hours added up.")


def _moment(given: str) -> datetime:
    try:
        moment = datetime.fromisoformat(given)
    except ValueError as error:
        raise CommandError(f"{given} is no date or time, such as 2026-01-31T10:00.") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
