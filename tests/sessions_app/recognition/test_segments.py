from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from sessions_app.recognition.segments import SEGMENT_MS, segments
from sessions_app.speech.tracks import Region


@st.composite
def rising_regions(draw: st.DrawFn) -> list[Region]:
    edges = sorted(draw(st.sets(st.integers(0, 120_000), max_size=20)))
    return [Region(a, b) for a, b in zip(edges[::2], edges[1::2], strict=False)]


@given(rising_regions(), st.lists(st.integers(0, 120_000), max_size=10))
def test_segments_cover_the_speech_once_and_stay_short(
    speech: list[Region], pauses: list[int]
) -> None:
    found = list(segments(speech, pauses, 120_000))
    assert all(0 < end - start <= SEGMENT_MS for start, end in found)
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(found))
    for region in speech:
        inside = sum(
            max(0, min(end, region.end_ms) - max(start, region.start_ms)) for start, end in found
        )
        assert inside == region.end_ms - region.start_ms


def test_long_speech_is_cut_at_a_pause() -> None:
    assert list(segments([Region(0, 15_000)], [8_000], 15_000)) == [(0, 8_000), (8_000, 15_000)]
