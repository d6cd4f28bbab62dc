"""Sums and histograms by label, of all hours that were added up and the rows since then."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from metrics_app.adding_up import added_up
from metrics_app.histograms import Histogram, from_json
from metrics_app.hourly_books import Book
from metrics_app.windows import HOUR

Labels = tuple[Any, ...]


@dataclass(slots=True)
class Tally:
    """`sums` and `counts` (of histograms) are named as the fields of an hour."""

    sums: dict[str, Any] = field(default_factory=lambda: defaultdict(int))
    counts: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def histogram(self, name: str) -> Histogram:
        return from_json(self.counts[name])

    def add(self, book: Book, fields: Mapping[str, Any]) -> None:
        for name in book.sums:
            self.sums[name] += fields[name]
        for name in book.spreads:
            self.counts[name].update(fields[name])


def tallies(book: Book, labels: tuple[str, ...]) -> dict[Labels, Tally]:
    """By the values of the keys named `labels`."""
    found: dict[Labels, Tally] = defaultdict(Tally)
    for fields in _all_fields(book):
        found[tuple(fields[label] for label in labels)].add(book, fields)
    return {values: found[values] for values in sorted(found)}


def _all_fields(book: Book) -> Iterator[Mapping[str, Any]]:
    """Where the rows begin is told by the very hours that were read: what is added up meanwhile is
    neither missed nor counted twice.
    """
    last = None
    for hour in book.hours._default_manager.order_by("hour").values().iterator():
        last = hour["hour"]
        yield hour
    rows = book.rows._default_manager.all()
    if last is not None:
        rows = rows.filter(**{f"{book.moment}__gte": last + HOUR})
    yield from added_up(book, rows)
