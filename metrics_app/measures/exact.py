"""Spreads of a column, of every row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any, Final

import numpy as np
from django.db import connection
from django.db.models import Aggregate, BinaryField, QuerySet, TextField, Value
from django.db.models.functions import Concat
from numpy.typing import NDArray

from metrics_app.measures.groups import Key, fields, grouped
from metrics_app.packing import unpack
from metrics_app.spread import Spread, of_values

Values = NDArray[np.int64]

HEAD: Final = 5
"""Numbers before the first element of an array that PostgreSQL sends: how many dimensions, whether
there are nulls, the type; and of the one dimension its length and its first index."""


ROWS_APART: Final = "\x1e"
FIELDS_APART: Final = "\x1f"


class Packed(Aggregate):
    """PostgreSQL's: all values of an `integer` column as one array, in the form in which it is sent
    in binary. To sort them here takes half as long as to have `PERCENTILE_CONT` sort each group,
    which goes to disk above 4 MB; and numpy reads this form without an object for each value.
    """

    template = "ARRAY_SEND(ARRAY_AGG(%(expressions)s))"
    output_field: BinaryField[Any, Any] = BinaryField()


class Joined(Aggregate):
    """SQLite's: all values as one text, in a third of the time of rows, of which each would become
    a tuple of Python. Several of these see the rows in the same order.
    """

    template = f"GROUP_CONCAT(%(expressions)s, '{ROWS_APART}')"
    output_field: TextField[Any, Any] = TextField()


def spreads(
    rows: QuerySet[Any],
    column: str,
    by: Sequence[str] = ("",),
    hours: QuerySet[Any] | None = None,
) -> dict[str, dict[Any, Spread]]:
    """For each of the fields `by`: by its value, in its order; all under "" for the empty one, and
    that is there without a row too. Rows without a value do not count. One query, and one for the
    `hours` beside the rows.
    """
    keys = fields(by)
    found = [*values(rows, column, keys).items()]
    if hours is not None:
        found += _kept(hours, keys)
    return {
        each: {group: _spread(parts) for group, parts in grouped(found, keys, each).items()}
        for each in by
    }


def values(rows: QuerySet[Any], column: str, keys: Sequence[str] = ()) -> dict[Key, Values]:
    """What there is in a column, by the values of the fields `keys`."""
    known = rows.filter(**{f"{column}__isnull": False}).order_by()
    if connection.vendor == "postgresql":
        return _packed(known, column, keys)
    return _joined(known, column, keys)


def _kept(hours: QuerySet[Any], keys: Sequence[str]) -> Iterator[tuple[Key, Values]]:
    for packed, *key in hours.values_list("milliseconds", *keys):
        yield tuple(key), unpack(packed)


def _spread(parts: Sequence[Values]) -> Spread:
    return of_values(np.concatenate(parts) if parts else ())


def _packed(rows: QuerySet[Any], column: str, keys: Sequence[str]) -> dict[Key, Values]:
    if not keys:
        packed = rows.aggregate(packed=Packed(column))["packed"]
        return {(): _unpacked(packed)} if packed else {}
    found = rows.values_list(*keys).annotate(packed=Packed(column))
    return {tuple(key): _unpacked(packed) for *key, packed in found}


def _unpacked(packed: bytes | memoryview) -> Values:
    """Each element comes after its length; all are 4 bytes, the highest first."""
    return np.frombuffer(packed, ">i4")[HEAD + 1 :: 2].astype(np.int64)


def _joined(rows: QuerySet[Any], column: str, keys: Sequence[str]) -> dict[Key, Values]:
    """The fields `keys` are texts, and never null."""
    if not keys:
        joined = rows.aggregate(values=Joined(column))["values"]
        return {(): _split(joined)} if joined else {}
    between = Value(FIELDS_APART)
    key = Concat(*chain.from_iterable((between, name) for name in keys), output_field=TextField())
    found = rows.aggregate(values=Joined(column), keys=Joined(key))
    return _sorted_out(_split(found["values"]), found["keys"]) if found["values"] else {}


def _split(joined: str) -> Values:
    return np.fromstring(joined, np.int64, sep=ROWS_APART)


def _sorted_out(known: Values, keys: str) -> dict[Key, Values]:
    places: dict[str, int] = {}
    found = [places.setdefault(key, len(places)) for key in keys.split(ROWS_APART)]
    place_of = np.array(found)
    return {
        tuple(key.split(FIELDS_APART)[1:]): known[place_of == place]
        for key, place in places.items()
    }
