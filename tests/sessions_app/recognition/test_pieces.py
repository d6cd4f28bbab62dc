from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from sessions_app.recognition.pieces import LONGEST_MS, SHORTEST_MS, Piece, pieces
from sessions_app.speech.tracks import Region

MINUTE = 60_000


@st.composite
def recordings(draw: st.DrawFn) -> tuple[int, list[int], list[Region]]:
    """Length, moments to cut at and speech, as the media stage gives them: a cut in every pause,
    and others where nobody pauses for 20 s.
    """
    steps = draw(st.lists(st.integers(200, 20_000), min_size=1, max_size=400))
    edges = list(itertools.accumulate(steps))
    cuts, duration = edges[:-1], edges[-1]
    pauses = [cut for cut in cuts if draw(st.booleans())]
    bounds = [0, *pauses, duration]
    speech = [
        Region(start + 100, end - 100)
        for start, end in itertools.pairwise(bounds)
        if end - start > 200 and draw(st.booleans())
    ]
    return duration, cuts, speech


@given(recordings())
def test_pieces_cover_the_recording_once_and_in_order(
    recording: tuple[int, list[int], list[Region]],
) -> None:
    duration, cuts, speech = recording
    cut = pieces(duration, cuts, speech)
    assert cut[0].start_ms == 0
    assert cut[-1].end_ms == duration
    assert all(a.end_ms == b.start_ms for a, b in itertools.pairwise(cut))


@given(recordings())
def test_pieces_are_24_to_70_seconds_long_and_cut_where_it_is_allowed(
    recording: tuple[int, list[int], list[Region]],
) -> None:
    duration, cuts, speech = recording
    cut = pieces(duration, cuts, speech)
    assert all(piece.duration_ms <= LONGEST_MS for piece in cut)
    assert len(cut) == 1 or all(piece.duration_ms >= SHORTEST_MS for piece in cut)
    assert {piece.start_ms for piece in cut[1:]} <= set(cuts)


@given(recordings())
def test_all_speech_is_in_a_piece_and_none_in_two(
    recording: tuple[int, list[int], list[Region]],
) -> None:
    duration, cuts, speech = recording
    cut = pieces(duration, cuts, speech)
    inside = [
        (piece.start_ms + region.start_ms, piece.start_ms + region.end_ms)
        for piece in cut
        for region in piece.speech
    ]
    assert all(0 <= a < b for a, b in inside)
    assert all(b <= c for (_, b), (c, _) in itertools.pairwise(inside))
    total = sum(region.end_ms - region.start_ms for region in speech)
    assert sum(end - start for start, end in inside) == total


@given(st.integers(1, 4_000_000), st.lists(st.integers(0, 4_000_000), unique=True))
def test_whatever_the_cuts_no_piece_is_longer_than_70_seconds(
    duration: int, cuts: list[int]
) -> None:
    cut = pieces(duration, sorted(cuts), ())
    assert [piece.start_ms for piece in cut] == [0, *(piece.end_ms for piece in cut[:-1])]
    assert cut[-1].end_ms == duration
    assert max(piece.duration_ms for piece in cut) <= LONGEST_MS


def seconds(cut: tuple[Piece, ...]) -> list[int]:
    return [piece.duration_ms // 1000 for piece in cut]


def test_pieces_get_shorter_towards_the_end() -> None:
    cuts = range(1_000, 5 * MINUTE, 1_000)
    assert seconds(pieces(5 * MINUTE, cuts, ())) == [70, 57, 43, 32, 24, 24, 24, 26]


def test_a_pause_is_worth_more_than_the_best_length() -> None:
    speech = (Region(0, 39_900), Region(40_100, 100_000))
    first, second, *_ = pieces(100_000, range(1_000, 100_000, 1_000), speech)
    assert (first.end_ms, second.clean_start) == (40_000, True)


def test_a_cut_into_speech_is_known_as_one() -> None:
    speech = (Region(0, 100_000),)
    cut = pieces(100_000, range(1_000, 100_000, 1_000), speech)
    assert [piece.clean_start for piece in cut] == [True, False, False, False]


def test_a_short_talk_is_one_piece() -> None:
    assert seconds(pieces(47_000, range(1_000, 47_000, 1_000), ())) == [47]


def test_nothing_is_no_piece() -> None:
    assert pieces(0, (), ()) == ()
