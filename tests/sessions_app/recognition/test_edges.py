from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions_app.recognition.edges import fitted
from sessions_app.recognition.spreading import Span
from sessions_app.speech.tracks import Region

SPEECH = (Region(0, 1_000), Region(1_600, 2_500))


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        ((600, 1_700), (600, 1_000)),  # more of it is before the pause
        ((900, 2_100), (1_600, 2_100)),
        ((700, 1_500), (700, 1_000)),  # it lasts into the silence
        ((1_200, 2_000), (1_600, 2_000)),
    ],
)
def test_a_word_that_lasts_over_a_pause_keeps_where_it_is_heard(span: Span, expected: Span) -> None:
    assert fitted([span], SPEECH) == [expected]


def test_a_word_over_a_closure_is_left_alone() -> None:
    assert fitted([(600, 1_200)], (Region(0, 900), Region(1_080, 2_000))) == [(600, 1_200)]


def test_a_word_where_nobody_is_heard_is_left_alone() -> None:
    assert fitted([(1_100, 1_500)], SPEECH) == [(1_100, 1_500)]


def test_words_beside_a_pause_last_to_the_edge_of_their_speech() -> None:
    assert fitted([(500, 900), (1_750, 2_000)], SPEECH) == [(500, 1_000), (1_600, 2_000)]


def test_small_differences_are_none() -> None:
    assert fitted([(500, 960), (1_640, 2_000)], SPEECH) == [(500, 960), (1_640, 2_000)]


def test_what_goes_on_for_long_is_not_the_words() -> None:
    """A breath, a cough, or words that the transcript leaves out."""
    assert fitted([(0, 300), (2_300, 2_500)], SPEECH) == [(0, 550), (2_050, 2_500)]


def test_words_without_times_stay_without_and_keep_their_neighbours_apart() -> None:
    spans = [(500, 900), None, (1_750, 2_000)]
    assert fitted(spans, SPEECH) == spans
    assert fitted(spans, ()) == spans


RISING = st.lists(st.integers(0, 400), min_size=0, max_size=24)


@given(RISING, RISING, st.lists(st.booleans(), max_size=12))
def test_words_stay_in_order_and_speech_can_be_anywhere(
    steps: list[int], others: list[int], known: list[bool]
) -> None:
    spans = spans_of(steps)
    given_spans = [
        span if index >= len(known) or known[index] else None for index, span in enumerate(spans)
    ]
    speech = [Region(start, end) for start, end in spans_of([step + 1 for step in others])]
    found = fitted(given_spans, speech)
    assert [span is None for span in found] == [span is None for span in given_spans]
    placed = [span for span in found if span is not None]
    assert all(start <= end for start, end in placed)
    assert all(before[1] <= after[0] for before, after in pairwise(placed))


def spans_of(steps: list[int]) -> list[Span]:
    edges, at = [], 0
    for step in steps[: len(steps) // 2 * 2]:
        at += step
        edges.append(at)
    return list(zip(edges[::2], edges[1::2], strict=True))
