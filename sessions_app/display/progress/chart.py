"""A measure over the talks as a picture: SVG made on the server, coloured by the page's own CSS."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any
from xml.etree.ElementTree import Element, SubElement

import pygal
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from pygal.etree import etree
from pygal.style import Style

from sessions_app.display.progress.measures import Followed, Range
from sessions_app.display.progress.scale import reach, ticks
from sessions_app.display.progress.series import Point
from sessions_app.display.progress.talks import Talk

etree.to_etree()  # where lxml is installed pygal would take that, and its trees are others

WIDTH, HEIGHT = 360, 200
"""In the size of a phone, where it is shown as large as it is drawn."""

FONT = 12
DATES = 4
CROWDED = 40
"""Talks from which on the points are smaller."""

_XLINK = "{http://www.w3.org/1999/xlink}href"
_HALF = 0.5
_ALONE = 0.3
"""Half the width of what was usual for a single talk between others where nobody knows it."""

Corner = tuple[float, float]
Area = list[Corner]


def chart(
    measure: Followed, points: Sequence[Point], shown: Sequence[Talk], held: Range | None
) -> SafeString:
    """Every point links to its talk. Nothing in it is a script, a style or a colour: areas and
    points have classes. Who hears the page gets the table of the same numbers instead.
    """
    low, high = reach(measure, points, held)
    drawing = pygal.XY(**_look(measure, shown, low, high))
    parts = [("chart-range", corners) for corners in _range(held, low, high, len(shown))]
    parts += [("chart-usual", corners) for corners in _usual(points, low, high)]
    for name, corners in parts:
        drawing.add(name, corners, show_dots=False)
    drawing.add("chart-talks", [_dot(measure, point) for point in points])
    names = [*(name for name, _corners in parts), "chart-talks"]
    drawing.add_xml_filter(lambda root: _bare(root, names))
    svg: str = drawing.render(is_unicode=True)
    return mark_safe(svg)  # noqa: S308 - written by an XML library


def _look(measure: Followed, shown: Sequence[Talk], low: float, high: float) -> dict[str, Any]:
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
        "xrange": (_HALF, len(shown) + _HALF),
        "x_labels": _dates(shown),
        "y_labels": ticks(low, high, measure.decimals),
        "value_formatter": measure.short,
        "dots_size": 4 if len(shown) <= CROWDED else 2.5,
    }


def _dates(shown: Sequence[Talk]) -> list[dict[str, Any]]:
    """Of the first talk, of the last, and of some between them."""
    last = len(shown) - 1
    steps = min(DATES - 1, last)
    places = sorted({round(step * last / steps) for step in range(steps + 1)}) if steps else [0]
    days = [localtime(talk.created_at) for talk in shown]
    one_year = days[0].year == days[-1].year
    written = pgettext("date on an axis", "j M") if one_year else "M Y"
    return [{"value": at + 1, "label": date_format(days[at], written)} for at in places]


def _range(held: Range | None, low: float, high: float, talks: int) -> Iterator[Area]:
    if held is None:
        return
    bottom = low if held.low is None else max(low, held.low)
    top = high if held.high is None else min(high, held.high)
    if bottom < top:
        yield _ring([(_HALF, bottom, top), (talks + _HALF, bottom, top)])


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


def _bare(root: Element, names: Sequence[str]) -> Element:
    """The drawing alone, without pygal's scripts, styles and hidden texts. The name of each part
    becomes its class, what is told of a point its title.
    """
    told = [(link, _label(link)) for link in root.iter("a")]
    for parent in list(root.iter()):
        for child in [each for each in parent if _is_left_out(each)]:
            parent.remove(child)
    for link, text in told:
        _point_at(link, text)
    for node in root.iter():
        node.attrib.pop("style", None)
        if classes := node.get("class"):
            node.set("class", _named(classes, names))
    root.attrib.pop("id", None)
    root.attrib |= {"class": "chart", "aria-hidden": "true", "focusable": "false"}
    return root


def _label(link: Element) -> str:
    found = (each.text for each in link.iter("desc") if each.get("class") == "label")
    return next(found, None) or ""


def _is_left_out(node: Element) -> bool:
    if not isinstance(node.tag, str):  # a comment
        return True
    shown_by_scripts = {"tooltip-overlay", "text-overlay"} & set(node.get("class", "").split())
    return bool(shown_by_scripts) or node.tag in ("defs", "desc", "title")


def _point_at(link: Element, text: str) -> None:
    """Out of the order of the keyboard: the table beside the chart has the same links."""
    link.attrib |= {"href": link.attrib.pop(_XLINK, ""), "tabindex": "-1"}
    SubElement(link, "title").text = text


def _named(classes: str, names: Sequence[str]) -> str:
    """`series serie-1 color-1` with the name of that part."""
    found = [each.removeprefix("serie-") for each in classes.split() if each.startswith("serie-")]
    return f"{classes} {names[int(found[0])]}" if found else classes
