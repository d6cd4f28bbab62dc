"""Windows too wide to be read row by row: hours that were added up, and the rows around them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any, Final

from django.db.models import BinaryField, Count, ExpressionWrapper, F, Max, Q, QuerySet, Sum

from metrics_app.histograms import Histogram, from_bytes, merged, of_latencies
from metrics_app.hourly_books import Book
from metrics_app.measures.exact import values
from metrics_app.measures.groups import Key, fields, grouped
from metrics_app.spread import Spread, of_histogram
from metrics_app.windows import HOUR, Window

ROWS_AT_MOST: Final = 100_000


@dataclass(frozen=True, slots=True)
class Parts:
    """A window as the hours inside that have been added up, and the stretches at both ends.
    `rows`: how many these hours were made from; `few`: not too many to be taken one by one, and
    kept as such.
    """

    hours: QuerySet[Any]
    ends: tuple[Window, Window]
    rows: int
    few: bool


def parts(book: Book, window: Window, only: Mapping[str, str]) -> Parts | None:
    """`None` where no hour inside has been added up.

    `only`: fields of an hour and their values.
    """
    inside = window.whole_hours()
    if not inside.minutes:
        return None
    rows = book.hours._default_manager.filter(hour__gte=inside.since, hour__lt=inside.until, **only)
    rows = rows.order_by()
    gone = Count("pk", filter=Q(milliseconds=None))
    found = rows.aggregate(n=Sum(book.count), last=Max("hour"), gone=gone)
    if not found["n"]:
        return None
    ends = window.without(Window(inside.since, found["last"] + HOUR))
    return Parts(rows, ends, found["n"], found["n"] <= ROWS_AT_MOST and not found["gone"])


def within(moment: str, windows: Iterable[Window]) -> Q:
    """Rows whose `moment` lies in one of the windows."""
    each = (Q((f"{moment}__gte", one.since), (f"{moment}__lt", one.until)) for one in windows)
    return reduce(or_, each)


def spreads(
    hours: QuerySet[Any], histogram: str, rows: QuerySet[Any], column: str, by: Sequence[str]
) -> dict[str, dict[Any, Spread]]:
    """Of hours, and of rows beside them; grouped as `exact.spreads` does. `column` holds
    milliseconds: values of rows, and their sums of hours.
    """
    keys = fields(by)
    read = [*_stored(hours, histogram, column, keys), *_counted(rows, column, keys)]
    return {
        each: {group: _spread(found) for group, found in grouped(read, keys, each).items()}
        for each in by
    }


Counts = tuple[Histogram, int]
"""With the sum of what it was made from."""


def _stored(
    hours: QuerySet[Any], histogram: str, column: str, keys: Sequence[str]
) -> list[tuple[Key, Counts]]:
    """Read as bytes and added up together: there are many hours."""
    totals: Counter[Key] = Counter()
    stored: dict[Key, list[bytes]] = defaultdict(list)
    as_bytes = ExpressionWrapper(F(histogram), BinaryField())
    for packed, total_ms, *key in hours.values_list(as_bytes, column, *keys):
        totals[tuple(key)] += total_ms
        stored[tuple(key)].append(packed)
    return [(key, (from_bytes(*stored[key]), totals[key])) for key in stored]


def _counted(rows: QuerySet[Any], column: str, keys: Sequence[str]) -> Iterator[tuple[Key, Counts]]:
    for key, known in values(rows, column, keys).items():
        yield key, (of_latencies(known), int(known.sum()))


def _spread(found: Sequence[Counts]) -> Spread:
    return of_histogram(merged(each for each, _ms in found), sum(ms for _each, ms in found))
