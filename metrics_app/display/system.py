"""Whether everything the jobs need is there, and what waits."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from metrics_app.display.text import duration, number, waited
from metrics_app.health import Check, Health, QueueState


@dataclass(frozen=True, slots=True)
class CheckLine:
    """`state` is "up", "down" or "unknown"; `told` says it in words."""

    name: str
    state: str
    told: str


@dataclass(frozen=True, slots=True)
class QueueLine:
    """`oldest` is empty where nobody waits. `stuck`: somebody waits, and nobody works."""

    name: str
    waiting: str
    oldest: str
    workers: str
    stuck: bool


@dataclass(frozen=True, slots=True)
class System:
    checks: tuple[CheckLine, ...]
    queues: tuple[QueueLine, ...]


def system(health: Health) -> System:
    checks = (
        _check(_("Database"), health.database),
        _check(_("Redis"), health.redis),
        _check(_("Model server"), health.model_api),
    )
    return System(checks, tuple(_queue(queue) for queue in health.queues))


def _check(name: str, check: Check) -> CheckLine:
    if not check.known:
        return CheckLine(name, "unknown", check.detail)
    state, told = ("up", _("answers")) if check.ok else ("down", _("does not answer as it should"))
    took = "" if check.ms is None else duration(check.ms)
    return CheckLine(name, state, " · ".join(part for part in (told, took, check.detail) if part))


def _queue(queue: QueueState) -> QueueLine:
    return QueueLine(
        name=queue.name,
        waiting=number(queue.waiting),
        oldest="" if queue.oldest_seconds is None else waited(queue.oldest_seconds),
        workers=number(queue.workers),
        stuck=bool(queue.waiting) and not queue.workers,
    )
