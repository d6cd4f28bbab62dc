"""Sums and histograms by label, of everything there ever was."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from metrics_app.adding_up import added_up
from metrics_app.hourly_books import Book
from metrics_app.tally import Tally

Labels = tuple[Any, ...]


def tallies(book: Book, labels: tuple[str, ...]) -> dict[Labels, Tally]:
    """By the values of the keys named `labels`. Histograms are exact at Prometheus' bounds."""
    found: dict[Labels, Tally] = defaultdict(Tally)
    for fields in _all_fields(book):
        found[tuple(fields[label] for label in labels)].add(book, fields)
    return {values: found[values] for values in sorted(found)}


def _all_fields(book: Book) -> Iterator[Mapping[str, Any]]:
    """Where the rows begin is told by the very totals that were read: what is added up meanwhile is
    neither missed nor counted twice.
    """
    totals = list(book.totals._default_manager.values())
    yield from totals
    rows = book.rows._default_manager.all()
    if totals:
        rows = rows.filter(**{f"{book.moment}__gte": max(total["until"] for total in totals)})
    yield from added_up(book, rows)
