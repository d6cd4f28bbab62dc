"""`manage.py check_alerts`: one look at the rules, as the scheduler takes it every minute."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from metrics_app.alerts.evaluation import evaluate, readings
from metrics_app.alerts.findings import finding
from metrics_app.alerts.readings import Reading
from metrics_app.alerts.rules import Rule, is_breached
from metrics_app.alerts.told import Told
from metrics_app.health import health
from speechcoach.alerting import delivery

DELIVERY_SECONDS = 30


class Command(BaseCommand):
    help = (
        "Look at the rules for alerts once and tell what has to be told: what is broken for the "
        "second time in a row. The scheduler does this all the time."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--dry-run", action="store_true", help="only show what each rule sees; change nothing"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        seen = health()
        if not seen.database.ok:
            raise CommandError(f"The database does not answer: {seen.database.detail}.")
        for rule, reading in readings(seen):
            self.stdout.write(_line(rule, reading))
        if options["dry_run"]:
            return
        told = _tell(evaluate(seen=seen))
        self.stdout.write(f"Told: {', '.join(told)}" if told else "Nothing to tell.")


def _tell(all_told: Iterable[Told]) -> list[str]:
    """Each at once; returns when all channels have them. What was told, in short."""
    carrier = delivery()
    said: list[str] = []
    try:
        for told in all_told:
            carrier.post([told])
            said.append(f"{told.rule} ({told.notice})")
    finally:
        carrier.close(DELIVERY_SECONDS)
    return said


def _line(rule: Rule, reading: Reading) -> str:
    state, found = _seen(rule, reading)
    return f"{state:<9} {rule.name:<18} {found}"


def _seen(rule: Rule, reading: Reading) -> tuple[str, str]:
    """The worst severity that is broken, else what little is known."""
    if not rule.levels:
        return "off", "has no threshold"
    breached = [is_breached(rule, level, reading) for level in rule.levels]
    if True in breached:
        level = rule.levels[breached.index(True)]
        return level.severity.upper(), finding(rule, level, reading)
    if reading.blind:
        return "unknown", "could not be asked"
    if reading.is_empty or None in breached:
        return "unknown", f"{reading.sample} of the {rule.least} cases needed"
    return "ok", finding(rule, rule.levels[-1], reading)
