from __future__ import annotations

from itertools import pairwise
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from benchmarks.picture import COACHING, OWN, READING, Bar, bars, described, lanes, svg
from tests.benchmarks.samples import call, flow, flows

times = st.tuples(st.integers(0, 60), st.integers(0, 60)).map(sorted)


@given(st.lists(times, max_size=20))
def test_no_two_bars_of_a_row_overlap_and_none_is_lost(found: list[list[int]]) -> None:
    given_bars = sorted((Bar(OWN, *pair) for pair in found), key=lambda bar: bar.start)
    rows = lanes(given_bars)
    assert sorted(bar.start for row in rows for bar in row) == [bar.start for bar in given_bars]
    for row in rows:
        for before, after in pairwise(row):
            assert before.end <= after.start


def test_what_comes_after_the_report_is_not_drawn_and_what_goes_on_is_cut_off() -> None:
    found = flow("ours", 5.0, call("review", 1, 7), call("embeddings", 5.5, 9))
    assert bars(found) == [Bar(READING, 1, 5)]


def test_stages_that_wait_for_the_model_are_shown_by_their_calls() -> None:
    found = flow("ours", 9.0, call("coaching", 4, 8), provisional=3.4)
    assert [bar.kind for bar in bars(found)] == [OWN, OWN, COACHING]


def test_the_picture_says_in_words_what_it_shows() -> None:
    root = ElementTree.fromstring(svg(flows()))
    spoken = [element.text for element in root if element.tag.endswith("desc")]
    assert spoken == [described(flows().values())]
    assert "ours, kept: provisional after 3.4 s, complete after 9.0 s, 2 calls." in str(spoken[0])
    assert root.get("role") == "img"


def test_the_picture_has_colours_for_the_dark() -> None:
    assert "prefers-color-scheme: dark" in svg(flows())


def test_nothing_is_drawn_outside() -> None:
    root = ElementTree.fromstring(svg(flows()))
    _, _, width, height = map(float, str(root.get("viewBox")).split())
    for bar in root.iter("{http://www.w3.org/2000/svg}rect"):
        assert float(bar.get("x", "")) + float(bar.get("width", "")) <= width
        assert float(bar.get("y", "")) < height
