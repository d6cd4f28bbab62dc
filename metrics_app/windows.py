"""What is measured: a stretch of time, and what of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from django.utils import timezone

HOUR: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Window:
    """From `since` to `until`, its end not included; both know their time zone."""

    since: datetime
    until: datetime

    @classmethod
    def last(cls, minutes: int, now: datetime | None = None) -> Window:
        """The minutes before `now`."""
        until = now or timezone.now()
        return cls(until - timedelta(minutes=minutes), until)

    @property
    def minutes(self) -> float:
        return (self.until - self.since) / timedelta(minutes=1)

    def whole_hours(self) -> Window:
        """The hours of the clock (UTC) that lie wholly inside; empty where there is none."""
        since = hour_of(self.since)
        if since < self.since:
            since += HOUR
        return Window(since, max(since, hour_of(self.until)))

    def without(self, middle: Window) -> tuple[Window, Window]:
        """What is left before and after `middle`, which lies inside."""
        return Window(self.since, middle.since), Window(middle.until, self.until)


@dataclass(frozen=True, slots=True)
class Scope:
    """`operation` is a purpose of calls, `kind` one of runs, `priority` the queue of runs; all of
    them where empty. Runs have no operation: what measures runs does not ask for it.
    """

    operation: str = ""
    kind: str = ""
    priority: str = ""


EVERYTHING: Final = Scope()


def hour_of(moment: datetime) -> datetime:
    """When its hour (UTC) began."""
    return moment.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
