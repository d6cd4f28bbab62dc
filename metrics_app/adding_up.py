"""Rows of calls or runs as one: their sums and their histograms.

Each in one statement, so that all of it is of one moment whatever is recorded or purged meanwhile.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import islice
from typing import Any, Final

from django.db.models import Func, IntegerField, QuerySet, Sum

from metrics_app.histograms import Histogram
from metrics_app.hourly_books import Book, Spread
from metrics_app.packing import pack
from metrics_app.tally import Tally

AT_A_TIME: Final = 2000
FINEST: Final = Decimal("0.00000001")

Key = tuple[Any, ...]


def added_up(book: Book, rows: QuerySet[Any]) -> Iterator[dict[str, Any]]:
    """The fields of an hour, without its time, for every key that the rows have.

    Reads each row, `AT_A_TIME` of them.
    """
    tallies: dict[Key, Tally] = defaultdict(Tally)
    timed: dict[Key, list[int]] = defaultdict(list)
    known = rows.order_by().values_list(*book.keys, *book.sums.values())
    for part in _parts(known.iterator(chunk_size=AT_A_TIME)):
        for key, alike in _by_key(part, len(book.keys)).items():
            amounts = _amounts(book, alike)
            tallies[key].add(book, _fields(book, amounts))
            timed[key] += amounts[book.timed]
    for key, tally in tallies.items():
        keys = dict(zip(book.keys, key, strict=True))
        yield keys | tally.fields(book) | {"milliseconds": pack(timed[key])}


def roughly_added_up(book: Book, rows: QuerySet[Any]) -> Iterator[dict[str, Any]]:
    """The same by the database, which is quick about very many rows. Each key comes several times,
    and of histograms there are only the buckets that end where Prometheus has its bounds. These
    come first: a database that sorts to group compares numbers sooner than texts.
    """
    buckets = {f"bucket_of_{name}": _bucket(spread) for name, spread in book.spreads.items()}
    sums = {f"sum_{name}": Sum(amount, default=0) for name, amount in book.sums.items()}
    grouped = rows.order_by().annotate(**buckets).values(*buckets, *book.keys)
    for row in grouped.annotate(**sums):
        fields = {name: row[name] for name in book.keys}
        fields |= {name: _stored(row[f"sum_{name}"]) for name in book.sums}
        yield fields | _counted(book, row, fields[book.count])


def _parts(rows: Iterator[Key]) -> Iterator[list[Key]]:
    while part := list(islice(rows, AT_A_TIME)):
        yield part


def _by_key(rows: Iterable[Key], width: int) -> dict[Key, list[Key]]:
    """Without the key."""
    grouped: dict[Key, list[Key]] = defaultdict(list)
    for row in rows:
        grouped[row[:width]].append(row[width:])
    return grouped


def _amounts(book: Book, alike: Sequence[Key]) -> dict[str, list[Any]]:
    """Of rows with one key, by the name of the sum. What is not known adds nothing."""
    return {
        name: [amount for amount in column if amount is not None]
        for name, column in zip(book.sums, zip(*alike, strict=True), strict=True)
    }


def _fields(book: Book, amounts: Mapping[str, list[Any]]) -> dict[str, Any]:
    sums = {name: sum(known) for name, known in amounts.items()}
    spreads = {name: spread.histogram(amounts[spread.of]) for name, spread in book.spreads.items()}
    return sums | spreads


def _bucket(spread: Spread) -> Func:
    """In SQL; `NULL` where nothing is known. One expression, for Django takes its time for each
    `When`, of which there would be fifty.
    """
    column = "%(expressions)s"
    whens = " ".join(f"WHEN {column} <= {end} THEN {n}" for n, end in spread.buckets.ends)
    beyond = f"WHEN {column} IS NOT NULL THEN {spread.buckets.beyond}"
    return Func(spread.of, template=f"CASE {whens} {beyond} END", output_field=IntegerField())


def _counted(book: Book, row: Mapping[str, Any], times: int) -> dict[str, Histogram]:
    found = {name: row[f"bucket_of_{name}"] for name in book.spreads}
    return {name: Histogram({} if n is None else {n: times}) for name, n in found.items()}


def _stored(total: int | Decimal) -> int | Decimal:
    """SQLite adds money up in binary fractions."""
    return total.quantize(FINEST) if isinstance(total, Decimal) else total
