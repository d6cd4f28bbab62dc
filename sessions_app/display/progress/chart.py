"""A measure over the talks as a picture."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sessions_app.display.progress.measures import Followed, Range
from sessions_app.display.progress.scale import reach, ticks
from sessions_app.display.progress.series import Point
from sessions_app.display.progress.talks import Talk
from speechcoach.drawing import HALF, Part, dated, drawn

HEIGHT = 200
CROWDED = 40
"""Talks from which on the points are smaller."""

_ALONE = 0.3
"""Half the width of what was usual for a single talk between others where nobody knows it."""

Corner = tuple[float, float]
Area = list[Corner]


def chart(
    measure: Followed, points: Sequence[Point], shown: Sequence[Talk], held: Range | None
) -> SafeString:
    """Every point links to its talk."""
    low, high = reach(measure, points, held)
    parts = [
        *(Part("chart-range", corners) for corners in _range(held, low, high, len(shown))),
        *(Part("chart-usual", corners) for corners in _usual(points, low, high)),
        Part("chart-talks", [_dot(measure, point) for point in points], dots=True),
    ]
    return drawn(
        parts,
        places=len(shown),
        height=HEIGHT,
        range=(low, high),
        x_labels=_dates(shown),
        y_labels=ticks(low, high, measure.decimals),
        value_formatter=measure.short,
        dots_size=4 if len(shown) <= CROWDED else 2.5,
    )


def _dates(shown: Sequence[Talk]) -> list[dict[str, Any]]:
    days = [localtime(talk.created_at) for talk in shown]
    one_year = days[0].year == days[-1].year
    written = pgettext("date on an axis", "j M") if one_year else "M Y"
    return [{"value": at + 1, "label": date_format(days[at], written)} for at in dated(len(days))]


def _range(held: Range | None, low: float, high: float, talks: int) -> Iterator[Area]:
    if held is None:
        return
    bottom = low if held.low is None else max(low, held.low)
    top = high if held.high is None else min(high, held.high)
    if bottom < top:
        yield _ring([(HALF, bottom, top), (talks + HALF, bottom, top)])


def _usual(points: Sequence[Point], low: float, high: float) -> Iterator[Area]:
    """One area to each row of talks of which it is known."""
    for known, group in groupby(points, lambda point: point.usual is not None):
        if not known:
            continue
        edges = [
            (float(point.at), max(low, point.usual.low), min(high, point.usual.high))
            for point in group
            if point.usual is not None
        ]
        if len(edges) == 1:
            ((at, bottom, top),) = edges
            edges = [(at - _ALONE, bottom, top), (at + _ALONE, bottom, top)]
        yield _ring(edges)


def _ring(edges: Sequence[tuple[float, float, float]]) -> Area:
    """Along the upper edge and back along the lower one."""
    upper = [(at, top) for at, _bottom, top in edges]
    lower = [(at, bottom) for at, bottom, _top in edges]
    return [*upper, *reversed(lower)]


def _dot(measure: Followed, point: Point) -> dict[str, Any]:
    told = f"{point.talk.day}, {point.talk.title}: {measure.written(point.value)}"
    if point.beyond:
        told += f" ({_('beyond your usual variation')})"
    return {
        "value": (point.at, point.value),
        "label": told,
        "xlink": {"href": point.talk.url},
        "node": {"class": "dot dot-beyond" if point.beyond else "dot"},
    }
