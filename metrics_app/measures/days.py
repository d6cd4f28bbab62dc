"""Figures day by day (UTC), from the hours that have been added up and the rows since then."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from django.db.models import Avg, Max, QuerySet

from metrics_app.hourly_books import CALLS, RUNS, Book
from metrics_app.measures import calls, hours, runs
from metrics_app.measures.calls import CallTotals
from metrics_app.measures.hours import within
from metrics_app.measures.runs import RunTotals
from metrics_app.measures.utc_date import UtcDate
from metrics_app.models import Run
from metrics_app.spread import NO_SAMPLE, Spread
from metrics_app.windows import HOUR, Window

DAY: Final = "day"


@dataclass(frozen=True, slots=True)
class Day:
    """The runs that ended on a day, and the calls that began on it."""

    date: date
    runs: RunTotals
    calls: CallTotals
    durations: Spread


def days(until: date, count: int, kind: str = "", timed: str = "") -> list[Day]:
    """`count` days, the oldest first, `until` the last; those without a run are there too.

    `timed` names the queue whose runs `durations` are of, all where it is empty.
    """
    dates = [until - timedelta(days=ago) for ago in reversed(range(count))]
    window = Window(_midnight(until - timedelta(days=count - 1)), _midnight(until) + 24 * HOUR)
    ended, durations = _runs(window, kind, timed)
    called = _calls(window, kind)
    return [
        Day(
            date=day,
            runs=ended.get(day.isoformat()) or runs.added_up(()),
            calls=called.get(day.isoformat()) or calls.added_up(()),
            durations=durations.get(day.isoformat(), NO_SAMPLE),
        )
        for day in dates
    ]


def _runs(window: Window, kind: str, timed: str) -> tuple[dict[str, RunTotals], dict[str, Spread]]:
    """By day. The difference of rules and model is from all rows that are left: hours know none."""
    only = {"kind": kind} if kind else {}
    stored, rows = _since(RUNS, window, only)
    found = runs.by_group(runs.alike(rows, [DAY], stored), [DAY], DAY)
    every = Run.objects.filter(within(RUNS.moment, [window]), **only).order_by()
    differences = _by_day(every, RUNS.moment).values_list(DAY).annotate(Avg("agreement_difference"))
    known = dict(differences)
    ended = {day: replace(found[day], difference=known.get(day)) for day in found}
    return ended, _durations(stored, rows, timed)


def _durations(stored: QuerySet[Any], rows: QuerySet[Any], timed: str) -> dict[str, Spread]:
    if timed:
        stored, rows = stored.filter(queue=timed), rows.filter(queue=timed)
    stored, rows = runs.completed(stored), runs.completed(rows)
    return hours.spreads(stored, "total", rows, "total_ms", [DAY])[DAY]


def _calls(window: Window, kind: str) -> dict[str, CallTotals]:
    stored, rows = _since(CALLS, window, {"run_kind": kind} if kind else {})
    return calls.by_group(calls.alike(rows, [DAY], stored), [DAY], DAY)


def _since(book: Book, window: Window, only: dict[str, str]) -> tuple[QuerySet[Any], QuerySet[Any]]:
    """The hours of a window, and its rows after the last of these hours."""
    inside = {"hour__gte": window.since, "hour__lt": window.until}
    stored = book.hours._default_manager.filter(**inside, **only).order_by()
    last = stored.aggregate(last=Max("hour"))["last"]
    since = last + HOUR if last else window.since
    between = {f"{book.moment}__gte": since, f"{book.moment}__lt": window.until}
    rows = book.rows._default_manager.filter(**between, **only).order_by()
    return _by_day(stored, "hour"), _by_day(rows, book.moment)


def _by_day(rows: QuerySet[Any], moment: str) -> QuerySet[Any]:
    dated: QuerySet[Any] = rows.annotate(**{DAY: UtcDate(moment)})
    return dated


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
