"""A figure over the days as a picture: SVG made on the server, coloured by the page's own CSS.

Drawn as the charts of the progress page are, and by the same classes.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import Any
from xml.etree.ElementTree import Element

import pygal
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import pgettext
from pygal.etree import etree
from pygal.style import Style

from metrics_app.analysis.trends import DAYS, Trend
from metrics_app.display.series import Series

etree.to_etree()  # where lxml is installed pygal would take that, and its trees are others

WIDTH, HEIGHT = 360, 180
FONT = 12
DATES = 4
_ROOM = 0.08
_HALF = 0.5
_TICKS = 4
_STEPS = (1.0, 2.0, 5.0, 10.0)

Row = Sequence[float | None]


def chart(
    series: Series, days: Sequence[date], values: Row, off: Collection[int], trend: Trend | None
) -> SafeString:
    """At least one day has a value. `off` are the places of days that stand out; the line of
    `trend` ends on the last day.

    Nothing in it is a script, a style or a colour. Who hears the page gets a table instead.
    """
    low, high = _reach(series, values)
    drawing = pygal.XY(**_look(series, days, low, high))
    names = list[str]()
    for name, corners in _areas(series, low, high, len(days)):
        drawing.add(name, corners, show_dots=False)
        names.append(name)
    if trend is not None:
        drawing.add("chart-trend", _line(trend, len(days)), show_dots=False)
        names.append("chart-trend")
    drawing.add("chart-talks", [_dot(at, value, at in off) for at, value in enumerate(values)])
    names.append("chart-talks")
    drawing.add_xml_filter(lambda root: _bare(root, names))
    svg: str = drawing.render(is_unicode=True)
    return mark_safe(svg)  # noqa: S308 - written by an XML library


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
) -> Iterator[tuple[str, list[tuple[float, float]]]]:
    if series.low is None or series.high is None:
        return
    bottom, top = max(low, series.low), min(high, series.high)
    if bottom < top:
        left, right = _HALF, days + _HALF
        yield "chart-range", [(left, top), (right, top), (right, bottom), (left, bottom)]


def _line(trend: Trend, days: int) -> list[tuple[float, float]]:
    before = min(DAYS, days) - 1
    return [(float(days - before), trend.first), (float(days), trend.last)]


def _dot(at: int, value: float | None, off: bool) -> dict[str, Any]:
    return {
        "value": (at + 1, value),
        "node": {"class": "dot dot-beyond" if off else "dot"},
    }


def _look(series: Series, days: Sequence[date], low: float, high: float) -> dict[str, Any]:
    return {
        "width": WIDTH,
        "height": HEIGHT,
        "margin": 2,
        "margin_top": 8,
        "margin_right": 20,
        "spacing": 6,
        "show_legend": False,
        "js": [],
        "css": [],
        "no_prefix": True,
        "disable_xml_declaration": True,
        "style": Style(label_font_size=FONT, major_label_font_size=FONT),
        "truncate_label": -1,
        "range": (low, high),
        "xrange": (_HALF, len(days) + _HALF),
        "x_labels": _dates(days),
        "y_labels": _told_apart(series, _ticks(low, high, series.finest)),
        "value_formatter": series.written,
        "dots_size": 3.5,
    }


def _dates(days: Sequence[date]) -> list[dict[str, Any]]:
    """Of the first day, of the last, and of some between them."""
    last = len(days) - 1
    places = sorted({round(step * last / (DATES - 1)) for step in range(DATES)})
    written = pgettext("date on an axis", "j M")
    return [{"value": at + 1, "label": date_format(days[at], written)} for at in places]


def _ticks(low: float, high: float, finest: float) -> list[float]:
    """Round values between them, four at most, and no closer than `finest`."""
    order = 10.0 ** math.floor(math.log10((high - low) / _TICKS))
    round_step = next(each * order for each in _STEPS if (high - low) / (each * order) <= _TICKS)
    step = max(round_step, finest)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [count * step for count in range(first, last + 1)]


def _told_apart(series: Series, ticks: Sequence[float]) -> list[float]:
    """Without those that are written like another."""
    return list({series.written(tick): tick for tick in reversed(ticks)}.values())


def _bare(root: Element, names: Sequence[str]) -> Element:
    """The drawing alone, without pygal's scripts, styles and hidden texts; the name of each part
    becomes its class.
    """
    for parent in list(root.iter()):
        for child in [each for each in parent if _is_left_out(each)]:
            parent.remove(child)
    for node in root.iter():
        node.attrib.pop("style", None)
        if classes := node.get("class"):
            node.set("class", _named(classes, names))
    root.attrib.pop("id", None)
    root.attrib |= {"class": "chart", "aria-hidden": "true", "focusable": "false"}
    return root


def _is_left_out(node: Element) -> bool:
    if not isinstance(node.tag, str):  # a comment
        return True
    shown_by_scripts = {"tooltip-overlay", "text-overlay"} & set(node.get("class", "").split())
    return bool(shown_by_scripts) or node.tag in ("defs", "desc", "title")


def _named(classes: str, names: Sequence[str]) -> str:
    found = [each.removeprefix("serie-") for each in classes.split() if each.startswith("serie-")]
    return f"{classes} {names[int(found[0])]}" if found else classes
