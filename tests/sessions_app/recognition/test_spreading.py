from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from sessions_app.recognition.spreading import Span, fill_gaps, spread
from sessions_app.speech.tracks import Region

WORDS = st.lists(st.text("abcdef", min_size=1, max_size=12), min_size=1, max_size=30)


def test_words_stand_only_where_there_is_speech() -> None:
    spans = spread(["aa", "bb"], 0, 10_000, (Region(1_000, 2_000), Region(8_000, 9_000)))
    assert spans == [(1_000, 2_000), (8_000, 9_000)]


def test_longer_words_get_more_time() -> None:
    (_, first), (_, second) = spread(["a", "extraordinary"], 0, 1_600, ())
    assert first == 200
    assert second == 1_600


def test_known_times_stay_and_the_rest_fits_between_them() -> None:
    known: list[Span | None] = [None, (1_000, 1_200), None, (2_000, 2_500), None]
    spans = fill_gaps(["a", "b", "c", "d", "e"], known, 3_000, ())
    assert spans == [(0, 1_000), (1_000, 1_200), (1_200, 2_000), (2_000, 2_500), (2_500, 3_000)]


def test_contradicting_times_still_rise() -> None:
    spans = fill_gaps(["a", "b"], [(900, 4_000), (100, 200)], 3_000, ())
    assert spans == [(900, 3_000), (3_000, 3_000)]


@given(WORDS, st.data())
def test_spans_always_rise_inside_the_recording(words: list[str], data: st.DataObject) -> None:
    times = st.tuples(st.integers(0, 9_000), st.integers(0, 9_000))
    known = data.draw(
        st.lists(st.none() | times, min_size=len(words), max_size=len(words)), label="known"
    )
    speech = (Region(500, 1_500), Region(3_000, 3_500), Region(6_000, 8_000))
    spans = fill_gaps(words, known, 8_500, speech)
    assert len(spans) == len(words)
    edges = [edge for span in spans for edge in span]
    assert all(a <= b for a, b in itertools.pairwise([0, *edges, 8_500]))
