"""A notice in words, for every channel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from metrics_app.alerts.told import Told
from metrics_app.models import Notice, Severity


class NotDelivered(Exception):
    """`str()` of it says why, without an address or a key: it is kept and told."""


@dataclass(frozen=True, slots=True)
class Message:
    """`is_urgent` where something critical is open."""

    subject: str
    body: str
    is_urgent: bool
    is_over: bool


def message(told: Told, link: str, failing: Mapping[str, str]) -> Message:
    """`failing` are the other channels that failed last, with why."""
    with translation.override(settings.LANGUAGE_CODE):
        lines = [told.finding, told.figures, _since(told), *_failing(failing), link]
        return Message(
            subject=f"{_head(told)}: {told.title}",
            body="\n".join(line for line in lines if line),
            is_urgent=told.severity == Severity.CRITICAL and told.notice != Notice.RECOVERED,
            is_over=told.notice == Notice.RECOVERED,
        )


def _head(told: Told) -> str:
    match told.notice:
        case Notice.OPENED:
            return str(Severity(told.severity).label)
        case Notice.STILL_OPEN:
            return _still_open(told.severity)
        case Notice.RECOVERED:
            return _("No longer seen") if told.unseen else _("Recovered")


def _still_open(severity: Severity) -> str:
    """Whole, because languages differ in where they write a capital letter."""
    if severity == Severity.CRITICAL:
        return _("Still open, critical")
    return _("Still open, warning")


def _since(told: Told) -> str:
    """A notice that opens an alert has its time as its own."""
    if told.notice == Notice.OPENED:
        return ""
    since = date_format(timezone.localtime(told.opened_at), "DATETIME_FORMAT")
    return _("Told first: %s") % since


def _failing(channels: Mapping[str, str]) -> list[str]:
    text = _("Notices by %(channel)s do not arrive: %(why)s")
    return [text % {"channel": channel, "why": why} for channel, why in channels.items()]
