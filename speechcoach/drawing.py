"""Charts as SVG made on the server, coloured by the page's own CSS.

Nothing in them is a script, a style or a colour: areas, lines and points have classes. Who hears
the page gets a table of the same numbers instead.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from xml.etree.ElementTree import Element, SubElement

import pygal
from django.utils.safestring import SafeString, mark_safe
from pygal.etree import etree
from pygal.style import Style

etree.to_etree()  # where lxml is installed pygal would take that, and its trees are others

WIDTH: Final = 360
"""In the size of a phone, where it is shown as large as it is drawn."""

HALF: Final = 0.5
"""Of a place: how far the drawing goes on before the first one and after the last."""

_FONT = 12
_DATES = 4
_XLINK = "{http://www.w3.org/1999/xlink}href"
_LOOK: Final[dict[str, Any]] = {
    "width": WIDTH,
    "margin": 2,
    "margin_top": 8,
    "margin_right": 20,
    "spacing": 6,
    "show_legend": False,
    "js": [],
    "css": [],
    "no_prefix": True,
    "disable_xml_declaration": True,
    "style": Style(label_font_size=_FONT, major_label_font_size=_FONT),
    "truncate_label": -1,
}


@dataclass(frozen=True, slots=True)
class Part:
    """An area, a line or a row of points; `name` becomes its class. Corners are (place, value),
    places begin with 1; points may be pygal's dictionaries.
    """

    name: str
    corners: Sequence[Any]
    dots: bool = False


def drawn(parts: Sequence[Part], places: int, **look: Any) -> SafeString:
    """`look` as pygal takes it. Later parts lie on top of those before them."""
    drawing = pygal.XY(**_LOOK, xrange=(HALF, places + HALF), **look)
    for part in parts:
        drawing.add(part.name, part.corners, show_dots=part.dots)
    drawing.add_xml_filter(lambda root: _bare(root, [part.name for part in parts]))
    svg: str = drawing.render(is_unicode=True)
    return mark_safe(svg)  # noqa: S308 - written by an XML library


def dated(places: int) -> list[int]:
    """The places, from 0, with room for a date: the first, the last, and some between them."""
    return sorted({round(step * (places - 1) / (_DATES - 1)) for step in range(_DATES)})


def _bare(root: Element, names: Sequence[str]) -> Element:
    """The drawing alone, without pygal's scripts, styles and hidden texts. What is told of a point
    that is a link becomes its title.
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
