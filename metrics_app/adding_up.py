"""Rows of calls or runs as one: their sums and their histograms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final

from django.db.models import QuerySet

from metrics_app.hourly_books import Book

AT_A_TIME: Final = 2000
FINEST: Final = Decimal("0.00000001")

Key = tuple[Any, ...]


def added_up(book: Book, rows: QuerySet[Any]) -> Iterator[dict[str, Any]]:
    """The fields of an hour, without its time, for every key that the rows have."""
    spreads = _spreads(book, rows.order_by())
    sums = {f"sum_{name}": total for name, total in book.sums.items()}
    for row in rows.order_by().values(*book.keys).annotate(**sums):
        key = tuple(row[name] for name in book.keys)
        fields = dict(zip(book.keys, key, strict=True))
        fields |= {name: _stored(row[f"sum_{name}"]) for name in book.sums}
        yield fields | spreads[key]


def _stored(total: int | Decimal) -> int | Decimal:
    """SQLite adds money up in binary fractions."""
    return total.quantize(FINEST) if isinstance(total, Decimal) else total


def _spreads(book: Book, rows: QuerySet[Any]) -> dict[Key, dict[str, dict[str, int]]]:
    """Histograms by key and name, from one pass over the rows."""
    columns = [column for column, _ in book.spreads.values()]
    grouped: dict[Key, list[Key]] = defaultdict(list)
    width = len(book.keys)
    for row in rows.values_list(*book.keys, *columns).iterator(chunk_size=AT_A_TIME):
        grouped[row[:width]].append(row[width:])
    return {
        key: {
            name: histogram([value for value in values if value is not None]).as_json()
            for (name, (_, histogram)), values in zip(
                book.spreads.items(), zip(*known, strict=True), strict=True
            )
        }
        for key, known in grouped.items()
    }
