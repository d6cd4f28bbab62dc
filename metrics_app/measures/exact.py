"""Spreads of a column, of every row."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.db import connection
from django.db.models import Aggregate, Field, QuerySet

from metrics_app.spread import Spread, of_values


class Together(Aggregate):
    """PostgreSQL's: all values as one list. To sort them here takes half as long as to have
    `PERCENTILE_CONT` sort each group, which goes to disk above 4 MB.
    """

    function = "ARRAY_AGG"
    output_field: Field[Any, Any] = Field()


def spreads(rows: QuerySet[Any], column: str, by: str = "") -> dict[str, Spread]:
    """By the value of the field `by`, in its order; all under "" where it is empty, and that is
    there without a row too. Rows without a value do not count.
    """
    known = rows.filter(**{f"{column}__isnull": False}).order_by()
    values = (
        _lists(known, column, by) if connection.vendor == "postgresql" else _rows(known, column, by)
    )
    return {group: of_values(values[group]) for group in (sorted(values) if by else [""])}


def _lists(rows: QuerySet[Any], column: str, by: str) -> dict[str, list[int]]:
    if not by:
        return {"": rows.aggregate(values=Together(column))["values"] or []}
    return dict(rows.values_list(by).annotate(values=Together(column)))


def _rows(rows: QuerySet[Any], column: str, by: str) -> dict[str, list[int]]:
    if not by:
        return {"": list(rows.values_list(column, flat=True))}
    grouped: dict[str, list[int]] = defaultdict(list)
    for group, value in rows.values_list(by, column):
        grouped[group].append(value)
    return grouped
