"""`manage.py check_alerts`: one look at the rules, as the scheduler takes it every minute."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from metrics_app.alerts.evaluation import evaluate, readings
from metrics_app.alerts.findings import finding
from metrics_app.alerts.readings import Reading
from metrics_app.alerts.rules import Rule, is_breached
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
        told = evaluate(seen=seen)
        carrier = delivery()
        carrier.post(told)
        carrier.close(DELIVERY_SECONDS)
        self.stdout.write(
            f"Told: {', '.join(f'{each.rule} ({each.notice})' for each in told)}"
            if told
            else "Nothing to tell."
        )


def _line(rule: Rule, reading: Reading) -> str:
    """The worst severity that is broken, else what little is known."""
    broken = [level for level in rule.levels if is_breached(rule, level, reading)]
    if broken:
        return (
            f"{broken[0].severity.upper():<9} {rule.name:<18} {finding(rule, broken[0], reading)}"
        )
    known = all(is_breached(rule, level, reading) is False for level in rule.levels)
    if not known:
        need = f"{reading.sample} of the {rule.least} needed"
        return f"{'unknown':<9} {rule.name:<18} {need}"
    found = finding(rule, rule.levels[-1], reading) if rule.levels else "not asked for"
    return f"{'ok':<9} {rule.name:<18} {found}"
