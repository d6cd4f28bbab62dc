"""What rules remember, in the database: changed by compare-and-set, so that of two evaluators one
gets there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F

from metrics_app.alerts.memory import Memory
from metrics_app.alerts.rules import Rule
from metrics_app.models import Alert, AlertState, Severity


@dataclass(frozen=True, slots=True)
class Change:
    """From what a state was read as to what it is to be. `opening` is the alert to open with it."""

    state: AlertState
    memory: Memory
    opening: Alert | None = None


def memory_of(state: AlertState) -> Memory:
    return Memory(
        breached_since=state.breached_since,
        sound_since=state.sound_since,
        told_at=state.told_at,
        is_open=state.alert_id is not None,
    )


def states_of(rules: Sequence[Rule]) -> dict[tuple[str, Severity], AlertState]:
    """By rule and severity, with their open alerts. A rule that is new gets its states here."""
    wanted = {(rule.name, level.severity): level for rule in rules for level in rule.levels}
    found = _stored()
    if missing := [
        AlertState(rule=rule, severity=s) for rule, s in wanted if (rule, s) not in found
    ]:
        AlertState.objects.bulk_create(missing, ignore_conflicts=True)
        found = _stored()
    return {key: found[key] for key in wanted}


def _stored() -> dict[tuple[str, Severity], AlertState]:
    states = AlertState.objects.select_related("alert")
    return {(state.rule, Severity(state.severity)): state for state in states}


def close_unasked(rules: Sequence[Rule], now: datetime) -> None:
    """Without a word: the open alerts of a severity that none of the rules has. It was switched
    off, so nobody would ever find that it is over."""
    asked = {(rule.name, level.severity) for rule in rules for level in rule.levels}
    for state in AlertState.objects.exclude(alert=None):
        if (state.rule, Severity(state.severity)) not in asked:
            save([Change(state, Memory(told_at=state.told_at))], now)


def save(changes: Sequence[Change], now: datetime) -> bool:
    """All of them, or none and `False` when another evaluator was faster with one.

    An alert that was open and is not any more is closed, one that is to be is opened.
    """
    with transaction.atomic():
        saved = all(_save(change, now) for change in changes)
        transaction.set_rollback(not saved)
    return saved


def _save(change: Change, now: datetime) -> bool:
    state, memory = change.state, change.memory
    row = AlertState.objects.filter(pk=state.pk, version=state.version)
    known = {
        "version": F("version") + 1,
        "breached_since": memory.breached_since,
        "sound_since": memory.sound_since,
        "told_at": memory.told_at,
    }
    if not row.update(**known):
        return False
    if change.opening is not None:
        change.opening.save()
        AlertState.objects.filter(pk=state.pk).update(alert=change.opening)
    elif state.alert_id is not None and not memory.is_open:
        Alert.objects.filter(pk=state.alert_id).update(closed_at=now)
        AlertState.objects.filter(pk=state.pk).update(alert=None)
    return True
