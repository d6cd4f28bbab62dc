"""A figure over the days as a picture, by the same classes as the charts of the progress page."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import pgettext

from metrics_app.analysis.trends import DAYS, Trend
from metrics_app.display.series import Series
from speechcoach.drawing import HALF, Part, dated, drawn

HEIGHT = 180
_ROOM = 0.08
_TICKS = 5
_STEPS = (1.0, 2.0, 5.0, 10.0)

Row = Sequence[float | None]


@dataclass(frozen=True, slots=True)
class Marks:
    """Places of days, from 0: those that stand out, and those with too few cases to judge."""

    off: Collection[int] = ()
    few: Collection[int] = ()


def chart(
    series: Series, days: Sequence[date], values: Row, marks: Marks, trend: Trend | None
) -> SafeString:
    """At least one day has a value. The line of `trend` ends on the last day."""
    low, high = _reach(series, values)
    dots = [_dot(at, value, marks) for at, value in enumerate(values)]
    parts = [
        *(Part("chart-range", corners) for corners in _areas(series, low, high, len(days))),
        *(Part("chart-trend", _line(each, len(days))) for each in (trend,) if each is not None),
        Part("chart-talks", dots, dots=True),
    ]
    return drawn(
        parts,
        places=len(days),
        height=HEIGHT,
        range=(low, high),
        x_labels=_dates(days),
        y_labels=_told_apart(series, _ticks(low, high, series.finest)),
        value_formatter=series.written,
        dots_size=3.5,
    )


def _reach(series: Series, values: Row) -> tuple[float, float]:
    """Around all values, up to the nearest edge of what they are held against."""
    known = [value for value in values if value is not None]
    low, high = min(known), max(known)
    if series.low is not None and series.low > high:
        high = series.low
    if series.high is not None and series.high < low:
        low = series.high
    room = _ROOM * (high - low) or series.least
    return max(0.0, low - room), min(series.top, high + room)


def _areas(
    series: Series, low: float, high: float, days: int
) -> Iterator[list[tuple[float, float]]]:
    if series.low is None or series.high is None:
        return
    bottom, top = max(low, series.low), min(high, series.high)
    if bottom < top:
        left, right = HALF, days + HALF
        yield [(left, top), (right, top), (right, bottom), (left, bottom)]


def _line(trend: Trend, days: int) -> list[tuple[float, float]]:
    before = min(DAYS, days) - 1
    return [(float(days - before), trend.first), (float(days), trend.last)]


def _dot(at: int, value: float | None, marks: Marks) -> dict[str, Any]:
    kind = " dot-beyond" if at in marks.off else " dot-few" if at in marks.few else ""
    return {"value": (at + 1, value), "node": {"class": f"dot{kind}"}}


def _dates(days: Sequence[date]) -> list[dict[str, Any]]:
    written = pgettext("date on an axis", "j M")
    return [{"value": at + 1, "label": date_format(days[at], written)} for at in dated(len(days))]


def _ticks(low: float, high: float, finest: float) -> list[float]:
    """Round values between them, five at most, and no closer than `finest`."""
    order = 10.0 ** math.floor(math.log10((high - low) / _TICKS))
    round_step = next(each * order for each in _STEPS if (high - low) / (each * order) <= _TICKS)
    step = max(round_step, finest)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [count * step for count in range(first, last + 1)]


def _told_apart(series: Series, ticks: Sequence[float]) -> list[float]:
    """Without those that are written like another."""
    return list({series.written(tick): tick for tick in reversed(ticks)}.values())
