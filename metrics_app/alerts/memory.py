"""When a rule that is broken is told, told again, and over."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.conf import settings

from metrics_app.models import Notice

ALMOST = 0.75  # of the time between two evaluations, which do not come like clockwork


@dataclass(frozen=True, slots=True)
class Memory:
    """What a rule of one severity knows between evaluations: since when it has been broken, or
    sound, without a break; when somebody was told last that it is broken; whether an alert is open.
    """

    breached_since: datetime | None = None
    sound_since: datetime | None = None
    told_at: datetime | None = None
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """What to remember from now on, and what to tell."""

    memory: Memory
    notice: Notice | None = None


def decide(
    memory: Memory,
    breached: bool | None,
    now: datetime,
    cooldown: timedelta,
    *,
    hidden: bool = False,
    was_hidden: bool = False,
) -> Step:
    """Opens and closes on the second evaluation in a row that says so.

    `breached` is `None` where too little is known: then an open alert stays as it is, in silence.
    `hidden` by the critical one of the same rule, a warning is closed without a word. It opens
    again with the end of that (`was_hidden`), which says that it is still broken: so without
    a word of its own before its time to be told has come.
    """
    seen = _having_seen(memory, breached, now)
    if hidden:
        return Step(replace(seen, is_open=False))
    if breached:
        return _broken(seen, now, cooldown, uncovered=was_hidden)
    if seen.is_open and _for_long(seen.sound_since, now):
        return Step(replace(seen, is_open=False), Notice.RECOVERED)
    return Step(seen)


def _having_seen(memory: Memory, breached: bool | None, now: datetime) -> Memory:
    return replace(
        memory,
        breached_since=(memory.breached_since or now) if breached else None,
        sound_since=(memory.sound_since or now) if breached is False else None,
    )


def _broken(memory: Memory, now: datetime, cooldown: timedelta, *, uncovered: bool) -> Step:
    if memory.told_at is not None and now - memory.told_at < cooldown:
        return Step(replace(memory, is_open=memory.is_open or uncovered))
    if memory.is_open:
        return Step(replace(memory, told_at=now), Notice.STILL_OPEN)
    if uncovered or _for_long(memory.breached_since, now):
        return Step(replace(memory, told_at=now, is_open=True), Notice.OPENED)
    return Step(memory)


def _for_long(since: datetime | None, now: datetime) -> bool:
    """Measured in time and not in evaluations: two evaluators at once see the same thing twice."""
    return since is not None and now - since >= timedelta(seconds=ALMOST * settings.ALERT_SECONDS)
