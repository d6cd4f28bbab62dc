from __future__ import annotations

from dataclasses import replace
from xml.etree.ElementTree import Element, fromstring

from sessions_app.display.progress.chart import chart
from sessions_app.display.progress.measures import PACE, Range
from sessions_app.display.progress.series import points
from sessions_app.display.progress.talks import Talk
from tests.sessions_app.display.progress.talks import row, talk
from tests.sessions_app.progressing import LONG

SVG = "{http://www.w3.org/2000/svg}"


def at_pace(*paces: float) -> list[Talk]:
    return row([replace(LONG, wpm=pace) for pace in paces])


def drawn(talks: list[Talk], held: Range | None = None) -> Element:
    return fromstring(chart(PACE, points(PACE, talks, talks), talks, held))


def parts(root: Element, name: str) -> list[Element]:
    return [each for each in root.iter() if name in each.get("class", "").split()]


def test_every_point_is_a_link_to_its_talk_and_says_its_value() -> None:
    talks = at_pace(140.0, 150.0)
    links = list(drawn(talks).iter(f"{SVG}a"))
    assert [link.get("href") for link in links] == [each.url for each in talks]
    titles = [link.findtext(f"{SVG}title") for link in links]
    assert titles[0] == "5 Jan 2026, Talk 0: 140 words/min"
    assert {link.get("tabindex") for link in links} == {"-1"}


def test_no_script_no_style_and_no_other_server() -> None:
    talks = at_pace(140.0, 150.0, 160.0, 120.0, 200.0)
    text = chart(PACE, points(PACE, talks, talks), talks, Range(110.0, 165.0))
    for never in ("<script", "<style", "style=", "pygal", "kozea", "xlink", "<desc"):
        assert never not in text.lower()
    root = fromstring(text)
    assert root.get("aria-hidden") == "true"
    assert root.get("viewBox") == "0 0 360 200"


def test_what_is_beyond_usual_is_marked() -> None:
    root = drawn(at_pace(140.0, 142.0, 144.0, 143.0, 220.0))
    dots = parts(root, "dot")
    assert [("dot-beyond" in dot.get("class", "")) for dot in dots] == [False] * 4 + [True]
    assert "beyond your usual variation" in "".join(root.itertext())


def test_the_usual_is_one_area_from_the_fourth_talk_on() -> None:
    root = drawn(at_pace(140.0, 142.0, 144.0, 143.0, 141.0))
    (usual,) = parts(root, "chart-usual")[:1]
    assert len(list(usual.iter(f"{SVG}path"))) == 1
    assert parts(drawn(at_pace(140.0, 142.0, 144.0)), "chart-usual") == []


def test_the_range_it_is_held_against_is_an_area_of_its_own() -> None:
    assert parts(drawn(at_pace(140.0, 150.0), Range(110.0, 165.0)), "chart-range")
    assert parts(drawn(at_pace(140.0, 150.0), Range(145.0, None)), "chart-range")
    assert not parts(drawn(at_pace(140.0, 150.0)), "chart-range")


def test_dates_have_their_year_where_they_are_of_two() -> None:
    talks = [talk(LONG, 0), talk(LONG, 400)]
    assert "Jan 2026" in "".join(drawn(talks).itertext())
    assert "5 Jan" in "".join(drawn(at_pace(140.0, 150.0)).itertext())


def test_titles_are_escaped() -> None:
    talks = [replace(each, title='<b>Bold</b> & "quoted"') for each in at_pace(140.0, 150.0)]
    text = chart(PACE, points(PACE, talks, talks), talks, None)
    assert "<b>" not in text
    assert "&lt;b&gt;Bold" in text


def test_a_hundred_talks_of_one_value_are_drawn() -> None:
    root = drawn(at_pace(*[140.0] * 100))
    assert len(parts(root, "dot")) == 100
