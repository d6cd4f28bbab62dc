"""Figures day by day (UTC), from the hours that have been added up and the rows since then."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from django.db.models import Avg, Max, QuerySet

from metrics_app.hourly_books import CALLS, RUNS, Book
from metrics_app.measures import calls, hours, runs
from metrics_app.measures.calls import CallTotals
from metrics_app.measures.runs import RunTotals
from metrics_app.measures.utc_date import UtcDate
from metrics_app.spread import NO_SAMPLE, Spread
from metrics_app.windows import HOUR, Scope, Window

DAY: Final = "day"


@dataclass(frozen=True, slots=True)
class Day:
    """The runs that ended on a day, and the calls that began on it."""

    date: date
    runs: RunTotals
    calls: CallTotals
    durations: Spread


def days(until: date, count: int, kind: str = "") -> list[Day]:
    """`count` days, the oldest first, `until` the last; those without a run are there too."""
    dates = [until - timedelta(days=ago) for ago in reversed(range(count))]
    window = Window(_midnight(until - timedelta(days=count - 1)), _midnight(until) + 24 * HOUR)
    ended, durations = _runs(window, kind)
    called = _calls(window, kind)
    return [
        Day(
            date=day,
            runs=ended.get(day) or runs.added_up(()),
            calls=called.get(day) or calls.added_up(()),
            durations=durations.get(day, NO_SAMPLE),
        )
        for day in dates
    ]


def _runs(window: Window, kind: str) -> tuple[dict[date, RunTotals], dict[date, Spread]]:
    """With the difference of rules and model from all rows that are left: hours do not know it."""
    stored, rows = _since(RUNS, window, {"kind": kind} if kind else {})
    found = runs.by_group([*runs.alike_hours(stored, DAY), *runs.alike_rows(rows, DAY)])
    every = _by_day(runs.runs_in(window, Scope(kind=kind)), RUNS.moment)
    differences = dict(every.values_list(DAY).annotate(Avg("agreement_difference")))
    ended = {day: replace(found[day], difference=differences.get(day)) for day in found}
    return ended, hours.spreads(stored, "total", [rows], "total_ms", DAY)


def _calls(window: Window, kind: str) -> dict[date, CallTotals]:
    stored, rows = _since(CALLS, window, {"run_kind": kind} if kind else {})
    return calls.by_group([*calls.alike_hours(stored, DAY), *calls.alike_rows(rows, DAY)])


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
