"""One look at all rules."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import Error, connection
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from metrics_app.alerts.findings import finding
from metrics_app.alerts.memory import Step, decide
from metrics_app.alerts.readings import Evidence, Reading
from metrics_app.alerts.rules import DATABASE, Level, Rule, is_breached, rules
from metrics_app.alerts.states import Change, close_unasked, memory_of, save, states_of
from metrics_app.alerts.told import Told
from metrics_app.health import Health, health
from metrics_app.models import Alert, AlertState, Notice, Severity
from metrics_app.windows import Window

logger = logging.getLogger(__name__)

States = Mapping[tuple[str, Severity], AlertState]


@dataclass(frozen=True, slots=True)
class Looked:
    """What a rule found, and what follows for one of its severities."""

    rule: Rule
    level: Level
    reading: Reading
    breached: bool | None
    state: AlertState
    step: Step


def evaluate(now: datetime | None = None, seen: Health | None = None) -> Iterator[Told]:
    """Everything that has to be told, each thing by one evaluator only, in the installation's
    language. Whether the database is there is not asked here, see `DatabaseWatch`.

    A rule is looked at when those before it have been told: what is stored as told would be lost
    with a fault further on. One that the database cannot answer is logged and left out; raises
    `django.db.Error` where it cannot even say what the rules remember.
    """
    now, seen = now or timezone.now(), seen or health()
    asked = [rule for rule in rules() if rule.name != DATABASE]
    states = states_of(asked)
    for rule in asked:
        with translation.override(settings.LANGUAGE_CODE):
            all_told = _told_of(rule, states, now, seen)
        yield from all_told
    close_unasked(asked, now)


def readings(seen: Health) -> list[tuple[Rule, Reading]]:
    """What all rules see now. Nothing is remembered or told."""
    now = timezone.now()
    return [(rule, rule.measure(_evidence(rule, now, seen))) for rule in rules()]


def _evidence(rule: Rule, now: datetime, seen: Health) -> Evidence:
    return Evidence(Window.last(rule.minutes, now), seen)


def _told_of(rule: Rule, states: States, now: datetime, seen: Health) -> list[Told]:
    try:
        return _evaluated(rule, states, now, seen)
    except Error as error:
        logger.error("rule %s for alerts not looked at: %s", rule.name, error)
        if not connection.is_usable():  # it would fail all the others too
            connection.close()
        return []


def _evaluated(rule: Rule, states: States, now: datetime, seen: Health) -> list[Told]:
    """Writes nothing while nothing changes; nothing to tell where another evaluator was faster."""
    evidence = _evidence(rule, now, seen)
    looked = list(_looked(rule, rule.measure(evidence), states, now))
    changed = [look for look in looked if look.step.memory != memory_of(look.state)]
    if not changed:
        return []
    figures = rule.explain(evidence) if any(look.step.notice for look in changed) else ""
    changes = [_change(look, figures, now) for look in changed]
    if not save(changes, now):
        return []
    still_warned = any(look.breached and look.level.severity == Severity.WARNING for look in looked)
    return [
        _told(look, change, _and_warning(look, figures, still_warned), now)
        for look, change in zip(changed, changes, strict=True)
        if look.step.notice
    ]


def _looked(rule: Rule, reading: Reading, states: States, now: datetime) -> Iterator[Looked]:
    """The worst severity first: while its alert is open it hides the others."""
    hides = hid = False
    for level in rule.levels:
        state = states[rule.name, level.severity]
        memory = memory_of(state)
        breached = is_breached(rule, level, reading)
        step = decide(memory, breached, now, level.cooldown, hidden=hides, was_hidden=hid)
        hides = hides or step.memory.is_open
        hid = hid or memory.is_open
        yield Looked(rule, level, reading, breached, state, step)


def _change(look: Looked, figures: str, now: datetime) -> Change:
    opening = None
    if look.step.memory.is_open and look.state.alert_id is None:
        found = finding(look.rule, look.level, look.reading)
        opening = Alert(
            rule=look.rule.name,
            severity=look.level.severity,
            opened_at=now,
            value=look.reading.value,
            threshold=look.level.threshold,
            sample=look.reading.sample,
            figures=f"{found} {figures}".strip(),
        )
    return Change(look.state, look.step.memory, opening)


def _told(look: Looked, change: Change, figures: str, now: datetime) -> Told:
    alert = change.opening or look.state.alert
    if alert is None or look.step.notice is None:
        raise ValueError("only what is or was open is told")
    return Told(
        alert_id=alert.pk,
        notice=look.step.notice,
        severity=look.level.severity,
        rule=look.rule.name,
        title=str(look.rule.title),
        finding=finding(look.rule, look.level, look.reading),
        figures=figures,
        opened_at=alert.opened_at,
        at=now,
        unseen=look.step.notice == Notice.RECOVERED and look.reading.is_empty,
    )


def _and_warning(look: Looked, figures: str, still_warned: bool) -> str:
    """What is critical no more may still be worth a warning."""
    if look.step.notice != Notice.RECOVERED:
        return figures
    worst = look.level.severity == Severity.CRITICAL
    return _("It is no longer critical, and still a warning.") if worst and still_warned else ""
