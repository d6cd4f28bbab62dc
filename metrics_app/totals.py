"""All hours together: kept beside them, so that to read everything is not to read every hour."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from metrics_app.hourly_books import Book
from metrics_app.tally import Tally
from metrics_app.windows import HOUR

Key = tuple[Any, ...]
Fields = Mapping[str, Any]


def keep_up(book: Book, hour: datetime, found: Iterable[Fields]) -> None:
    """With what an hour comes to now, instead of what is written of it; before that is replaced, in
    one transaction with it, and by one at a time.
    """
    known = _by_key(book, book.totals._default_manager.values())
    before = _by_key(book, book.hours._default_manager.filter(hour=hour).values())
    changed = [
        _total(book, hour, now, known.get(key), before.get(key))
        for key, now in _by_key(book, found).items()
    ]
    book.totals._default_manager.bulk_create(
        [book.totals(**fields) for fields in changed],
        update_conflicts=True,
        unique_fields=book.keys,
        update_fields=[*book.sums, *book.spreads, "until"],
    )


def _total(
    book: Book, hour: datetime, now: Fields, known: Fields | None, before: Fields | None
) -> dict[str, Any]:
    tally, until = Tally(), hour + HOUR
    tally.add(book, now)
    if known is not None:
        tally.add(book, known)
        until = max(until, known["until"])
    if before is not None:
        tally.take(book, before)
    return {name: now[name] for name in book.keys} | tally.fields(book) | {"until": until}


def _by_key(book: Book, rows: Iterable[Fields]) -> dict[Key, Fields]:
    return {tuple(row[name] for name in book.keys): row for row in rows}
