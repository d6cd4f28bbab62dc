"""Rows of calls or runs as one: their sums and their histograms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final

from django.db.models import Count, QuerySet

from metrics_app.hourly_books import Book

FINEST: Final = Decimal("0.00000001")

Key = tuple[Any, ...]


def added_up(book: Book, rows: QuerySet[Any]) -> Iterator[dict[str, Any]]:
    """The fields of an hour, without its time, for every key that the rows have."""
    spreads = {name: _spread(book, rows, name) for name in book.spreads}
    sums = {f"sum_{name}": total for name, total in book.sums.items()}
    for row in rows.order_by().values(*book.keys).annotate(**sums):
        key = tuple(row[name] for name in book.keys)
        fields = dict(zip(book.keys, key, strict=True))
        fields |= {name: _stored(row[f"sum_{name}"]) for name in book.sums}
        yield fields | {name: spread.get(key, {}) for name, spread in spreads.items()}


def _stored(total: int | Decimal) -> int | Decimal:
    """SQLite adds money up in binary fractions."""
    return total.quantize(FINEST) if isinstance(total, Decimal) else total


def _spread(book: Book, rows: QuerySet[Any], name: str) -> dict[Key, dict[str, int]]:
    column, histogram = book.spreads[name]
    known = rows.order_by().filter(**{f"{column}__isnull": False})
    values: dict[Key, list[int]] = defaultdict(list)
    weights: dict[Key, list[int]] = defaultdict(list)
    for *key, value, weight in known.values_list(*book.keys, column).annotate(n=Count("id")):
        values[tuple(key)].append(value)
        weights[tuple(key)].append(weight)
    return {key: histogram(values[key], weights[key]).as_json() for key in values}
