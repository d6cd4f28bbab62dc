from __future__ import annotations

from xml.etree.ElementTree import Element, fromstring

import pytest

from speechcoach.drawing import Part, dated, drawn

SVG = "{http://www.w3.org/2000/svg}"
LOOK = {"height": 100, "range": (0, 10)}


def drawing() -> str:
    area = Part("an-area", [(0.5, 2), (3.5, 2), (3.5, 1), (0.5, 1)])
    dots = [
        {"value": (at, 5), "label": label, "xlink": {"href": f"/{at}/"}, "node": {"class": kind}}
        for at, label, kind in ((1, "first & <b>", "dot"), (3, "last", "dot far"))
    ]
    return drawn([area, Part("dots", dots, dots=True)], places=3, **LOOK)


def parts(root: Element, name: str) -> list[Element]:
    return [each for each in root.iter() if name in each.get("class", "").split()]


def test_parts_are_found_by_their_names_and_points_by_their_classes() -> None:
    root = fromstring(drawing())
    assert parts(root, "an-area")
    assert parts(root, "dots")
    assert len(parts(root, "dot")) == 2
    assert len(parts(root, "far")) == 1


def test_an_area_has_no_points() -> None:
    root = fromstring(drawn([Part("an-area", [(1, 2), (2, 3), (3, 2)])], places=3, **LOOK))
    assert parts(root, "dot") == []


def test_points_are_links_with_titles_and_left_out_by_the_keyboard() -> None:
    links = list(fromstring(drawing()).iter(f"{SVG}a"))
    assert [link.get("href") for link in links] == ["/1/", "/3/"]
    assert [link.findtext(f"{SVG}title") for link in links] == ["first & <b>", "last"]
    assert {link.get("tabindex") for link in links} == {"-1"}


@pytest.mark.parametrize(
    "never", ["<script", "<style", "style=", "fill=", "pygal", "kozea", "xlink", "<desc", "<?xml"]
)
def test_no_script_no_style_no_colour_and_no_other_server(never: str) -> None:
    assert never not in drawing().lower()


def test_who_hears_the_page_does_not_hear_the_drawing() -> None:
    root = fromstring(drawing())
    assert (root.get("aria-hidden"), root.get("focusable")) == ("true", "false")
    assert root.get("viewBox") == "0 0 360 100"


@pytest.mark.parametrize(
    ("places", "at"),
    [(1, [0]), (2, [0, 1]), (3, [0, 1, 2]), (4, [0, 1, 2, 3]), (28, [0, 9, 18, 27])],
)
def test_dates_stand_at_both_ends_and_at_two_places_between(places: int, at: list[int]) -> None:
    assert dated(places) == at
