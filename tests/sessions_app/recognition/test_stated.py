from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions_app.recognition.spreading import Span
from sessions_app.recognition.stated import credible

MINUTE = 60_000


def test_good_times_stay_as_they_are() -> None:
    spans = [(200, 400), (600, 900), (1_000, 1_400)]
    assert credible(spans, 1_400) == spans


def test_a_time_out_of_order_is_dropped_and_the_others_stay() -> None:
    spans = [(0, 300), (40_000, 41_000), (500, 800), (900, 1_200)]
    assert credible(spans, MINUTE) == [(0, 300), None, (500, 800), (900, 1_200)]


def test_a_word_ends_when_the_next_one_starts() -> None:
    assert credible([(0, 2_000), (1_000, 1_500)], MINUTE) == [(0, 1_000), (1_000, 1_500)]


def test_times_after_the_end_are_dropped_and_rounding_forgiven() -> None:
    assert credible([(0, 500), (600, 1_200), (5_000, 6_000)], 1_000) == [
        (0, 500),
        (600, 1_000),
        None,
    ]


@pytest.mark.parametrize(
    "spans",
    [
        [(0, 0)] * 20,  # a server that fills the fields without knowing
        [(at * 30, at * 30 + 20) for at in range(100)],  # 100 words in three seconds
        [(0, 0)],
    ],
)
def test_times_at_which_nobody_can_speak_are_all_dropped(spans: list[Span | None]) -> None:
    assert credible(spans, MINUTE) == [None] * len(spans)


def test_no_words_have_no_times() -> None:
    assert credible([], MINUTE) == []


SPANS = st.lists(st.none() | st.tuples(st.integers(-500, 70_000), st.integers(-500, 70_000)))


@given(SPANS)
def test_whatever_a_server_says_times_rise_inside_the_piece(spans: list[Span | None]) -> None:
    found = credible(spans, MINUTE)
    assert len(found) == len(spans)
    edges = [edge for span in found if span for edge in span]
    assert all(a <= b for a, b in itertools.pairwise([0, *edges, MINUTE]))
