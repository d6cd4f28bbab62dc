"""Spreads of a column, of every row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any, Final

import numpy as np
from django.db import connection
from django.db.models import QuerySet, TextField, Value
from django.db.models.functions import Concat

from metrics_app.arrays import BETWEEN, Array, Joined, Values
from metrics_app.measures.groups import Key, fields, grouped
from metrics_app.packing import unpack
from metrics_app.spread import Spread, of_values

FIELDS_APART: Final = "\x1f"


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


def values(rows: QuerySet[Any], column: str, keys: Sequence[str] = ()) -> dict[Key, Array]:
    """What there is in a column, by the values of the fields `keys`."""
    known = rows.filter(**{f"{column}__isnull": False}).order_by()
    if not keys:
        every = known.aggregate(values=Values(column))["values"]
        return {(): every} if every.size else {}
    if connection.vendor == "postgresql":
        found = known.values_list(*keys).annotate(values=Values(column))
        return {tuple(key): values for *key, values in found}
    return _joined(known, column, keys)


def _kept(hours: QuerySet[Any], keys: Sequence[str]) -> Iterator[tuple[Key, Array]]:
    stored: dict[Key, list[bytes]] = defaultdict(list)
    for packed, *key in hours.values_list("milliseconds", *keys):
        stored[tuple(key)].append(packed)
    yield from ((key, unpack(b"".join(parts))) for key, parts in stored.items())


def _spread(parts: Sequence[Array]) -> Spread:
    return of_values(np.concatenate(parts) if parts else ())


def _joined(rows: QuerySet[Any], column: str, keys: Sequence[str]) -> dict[Key, Array]:
    """SQLite would sort all rows to group them. The fields `keys` are texts, and never null."""
    between = Value(FIELDS_APART)
    key = Concat(*chain.from_iterable((between, name) for name in keys), output_field=TextField())
    found = rows.aggregate(values=Values(column), keys=Joined(key))
    return _sorted_out(found["values"], found["keys"]) if found["keys"] else {}


def _sorted_out(known: Array, keys: str) -> dict[Key, Array]:
    places: dict[str, int] = {}
    found = [places.setdefault(key, len(places)) for key in keys.split(BETWEEN)]
    place_of = np.array(found)
    return {
        tuple(key.split(FIELDS_APART)[1:]): known[place_of == place]
        for key, place in places.items()
    }
