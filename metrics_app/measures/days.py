"""Figures day by day (UTC)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from metrics_app.measures import calls, runs
from metrics_app.measures.calls import CallTotals
from metrics_app.measures.runs import RunTotals
from metrics_app.spread import Spread
from metrics_app.windows import Scope, Window


@dataclass(frozen=True, slots=True)
class Day:
    """The runs that ended on a day, and the calls that began on it."""

    date: date
    runs: RunTotals
    calls: CallTotals
    durations: Spread


def days(until: date, count: int, kind: str = "") -> list[Day]:
    """`count` days, the oldest first, `until` the last; those without a run are there too."""
    return [_day(until - timedelta(days=ago), Scope(kind=kind)) for ago in reversed(range(count))]


def _day(day: date, scope: Scope) -> Day:
    since = datetime.combine(day, time(), UTC)
    window = Window(since, since + timedelta(days=1))
    return Day(
        date=day,
        runs=runs.totals(window, scope)[""],
        calls=calls.totals(window, scope)[""],
        durations=runs.durations(window, scope)[""],
    )
