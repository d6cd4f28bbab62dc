"""Spreads of a column, of every row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db import connection
from django.db.models import Aggregate, Avg, Count, Field, Max, Min, QuerySet

from metrics_app.spread import NO_SAMPLE, SHARES, Spread, of_values


class Percentiles(Aggregate):
    """PostgreSQL's: a list, by `SHARES`."""

    function = "PERCENTILE_CONT"
    template = (
        f"%(function)s(ARRAY{list(SHARES)}::float8[]) WITHIN GROUP (ORDER BY %(expressions)s)"
    )
    output_field: Field[Any, Any] = Field()


def spreads(rows: QuerySet[Any], column: str, by: str = "") -> dict[str, Spread]:
    """By the value of the field `by`, in its order; all under "" where it is empty, and that is
    there without a row too. Rows without a value do not count.
    """
    known = rows.filter(**{f"{column}__isnull": False}).order_by()
    found = _sorted_there(known, column, by) if _can_sort() else _sorted_here(known, column, by)
    return found if by else {"": found.get("", NO_SAMPLE)}


def _can_sort() -> bool:
    return connection.vendor == "postgresql"


def _sorted_there(rows: QuerySet[Any], column: str, by: str) -> dict[str, Spread]:
    figures = {
        "n": Count("pk"),
        "mean": Avg(column),
        "least": Min(column),
        "shares": Percentiles(column),
        "most": Max(column),
    }
    if not by:
        return {"": _spread(rows.aggregate(**figures))}
    return {row[by]: _spread(row) for row in rows.values(by).annotate(**figures).order_by(by)}


def _spread(row: dict[str, Any]) -> Spread:
    if not row["n"]:
        return NO_SAMPLE
    mean, least, most = float(row["mean"]), float(row["least"]), float(row["most"])
    return Spread(row["n"], mean, least, *row["shares"], most)


def _sorted_here(rows: QuerySet[Any], column: str, by: str) -> dict[str, Spread]:
    if not by:
        return {"": of_values(list(rows.values_list(column, flat=True)))}
    grouped: dict[str, list[int]] = defaultdict(list)
    pairs: Iterable[tuple[str, int]] = rows.values_list(by, column)
    for group, value in pairs:
        grouped[group].append(value)
    return {group: of_values(grouped[group]) for group in sorted(grouped)}
