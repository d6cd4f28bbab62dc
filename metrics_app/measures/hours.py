"""Windows too wide to be read row by row: hours that were added up, and the rows around them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.db.models import Count, Max, QuerySet, Sum
from django.utils import timezone

from metrics_app.histograms import from_json, merged, of_latencies
from metrics_app.hourly_books import Book
from metrics_app.spread import Spread, of_histogram
from metrics_app.windows import HOUR, Window

ROWS_AT_MOST: Final = 100_000


@dataclass(frozen=True, slots=True)
class Parts:
    """A window as the hours inside that have been added up, and the stretches at both ends."""

    hours: QuerySet[Any]
    ends: tuple[Window, Window]


def parts(book: Book, window: Window, only: Mapping[str, str]) -> Parts | None:
    """`None` where the rows themselves are to be read: they are there, and not too many.

    `only`: fields of an hour and their values.
    """
    inside = window.whole_hours()
    if not inside.minutes:
        return None
    rows = book.hours._default_manager.filter(hour__gte=inside.since, hour__lt=inside.until, **only)
    rows = rows.order_by()
    found = rows.aggregate(n=Sum(book.count), last=Max("hour"))
    if not found["n"] or (found["n"] <= ROWS_AT_MOST and not _reaches_back(window)):
        return None
    return Parts(rows, window.without(Window(inside.since, found["last"] + HOUR)))


def spreads(
    hours: QuerySet[Any], histogram: str, ends: Iterable[QuerySet[Any]], column: str, by: str = ""
) -> dict[Any, Spread]:
    """By the value of the field `by`, in its order; all under "" where it is empty, and that is
    there without a row too. `column` holds milliseconds: values of rows, and their sums of hours.
    """
    totals: Counter[Any] = Counter()
    stored: dict[Any, Counter[str]] = defaultdict(Counter)  # added up before it is read
    keys = [by] if by else []
    for counts, total_ms, *group in hours.values_list(histogram, column, *keys):
        totals[_only(group)] += total_ms
        stored[_only(group)].update(counts)
    histograms = defaultdict(list, {group: [from_json(stored[group])] for group in stored})
    for rows in ends:
        for group, values in _values(rows, column, keys).items():
            totals[group] += sum(value * times for value, times in values.items())
            histograms[group].append(of_latencies(list(values), list(values.values())))
    groups = sorted(histograms) if by else [""]
    return {group: of_histogram(merged(histograms[group]), totals[group]) for group in groups}


def _values(rows: QuerySet[Any], column: str, keys: list[str]) -> dict[Any, dict[int, int]]:
    """How often each value is there, by group."""
    found: dict[Any, dict[int, int]] = defaultdict(dict)
    known = rows.filter(**{f"{column}__isnull": False}).order_by()
    for value, *group, times in known.values_list(column, *keys).annotate(n=Count("pk")):
        found[_only(group)][value] = times
    return found


def _only(group: list[Any]) -> Any:
    return group[0] if group else ""


def _reaches_back(window: Window) -> bool:
    """To where rows may have been purged."""
    days: int = settings.METRICS_KEEP_DAYS
    return bool(days) and window.since < _days_ago(days)


def _days_ago(days: int) -> datetime:
    return timezone.now() - timedelta(days=days)
