"""Rows of calls or runs as one: their sums and their histograms."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final

from django.db.models import QuerySet, Sum

from metrics_app.arrays import Values
from metrics_app.hourly_books import Book
from metrics_app.packing import pack

FINEST: Final = Decimal("0.00000001")


def added_up(book: Book, rows: QuerySet[Any]) -> Iterator[dict[str, Any]]:
    """The fields of an hour, without its time, for every key that the rows have.

    In one statement, so that all of it is of one moment whatever is recorded or purged meanwhile.
    """
    sums = {f"sum_{name}": Sum(amount, default=0) for name, amount in book.sums.items()}
    arrays = {f"all_{spread.of}": Values(spread.of) for spread in book.spreads.values()}
    for row in rows.order_by().values(*book.keys).annotate(**sums, **arrays):
        fields = {name: row[name] for name in book.keys}
        fields |= {name: _stored(row[f"sum_{name}"]) for name in book.sums}
        for name, spread in book.spreads.items():
            fields[name] = spread.histogram(row[f"all_{spread.of}"])
        yield fields | {"milliseconds": pack(row[f"all_{book.timed}"])}


def _stored(total: int | Decimal) -> int | Decimal:
    """SQLite adds money up in binary fractions."""
    return total.quantize(FINEST) if isinstance(total, Decimal) else total
