from __future__ import annotations

import itertools

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from sessions_app.media.cutting import LONGEST_MS, SHORTEST_MS, PieceCutter
from sessions_app.media.levels import LevelMeter
from sessions_app.media.resampling import SAMPLE_RATE, Samples
from sessions_app.speech.pieces import Piece
from sessions_app.speech.tracks import Region

MINUTE = 60_000
SECOND = 1000
TIMES = np.arange(SAMPLE_RATE) / SAMPLE_RATE
SYLLABLES = (0.55 - 0.45 * np.cos(2 * np.pi * 4 * TIMES)) * 8_000 * np.sin(300 * np.pi * TIMES)


def spoken(spans: list[tuple[int, int]], seconds: float) -> Samples:
    """Four syllables a second in `spans` (milliseconds), and a soft hiss all the time."""
    size = int(seconds * SAMPLE_RATE)
    sound = np.random.default_rng(1).normal(0, 8, size)
    voice = np.resize(SYLLABLES, size)
    for start, end in spans:
        sound[start * 16 : end * 16] += voice[start * 16 : end * 16]
    return np.asarray(sound, dtype=np.int16)


def cut(sound: Samples, expected_ms: int | None = None) -> list[tuple[Piece, int]]:
    """Every piece, and how many milliseconds were decoded when it was known."""
    meter, found, decoded = LevelMeter(), [], 0
    length = sound.size * 1000 // SAMPLE_RATE
    cutter = PieceCutter(length if expected_ms is None else expected_ms, meter)
    for start in range(0, sound.size, SAMPLE_RATE):
        block = sound[start : start + SAMPLE_RATE]
        meter.feed(block, block)
        decoded = (start + block.size) * 1000 // SAMPLE_RATE
        found += [(piece, decoded) for piece in cutter.complete(decoded)]
    return found + [(piece, decoded) for piece in cutter.rest(decoded)]


def talk(minutes: float) -> Samples:
    """Sentences of four seconds, a pause of 600 ms after each."""
    starts = range(0, int(minutes * MINUTE) - 4_000, 4_600)
    return spoken([(start, start + 4_000) for start in starts], minutes * 60)


@settings(max_examples=30, deadline=None)
@given(
    sentences=st.lists(st.tuples(st.integers(200, 9_000), st.integers(0, 2_000)), max_size=60),
    wrong=st.floats(0.1, 4),
)
def test_pieces_cover_the_recording_once_and_are_24_to_70_seconds_long(
    sentences: list[tuple[int, int]], wrong: float
) -> None:
    """Also where the expected length is wrong; then only the last may be shorter."""
    spans, at = [], 0
    for length, pause in sentences:
        spans.append((at, at + length))
        at += length + pause
    sound = spoken(spans, max(1, at // 1000))
    for expected in (sound.size // 16, int(sound.size // 16 * wrong)):
        pieces = [piece for piece, _ in cut(sound, expected)]
        assert pieces[0].start_ms == 0
        assert pieces[-1].end_ms == sound.size * 1000 // SAMPLE_RATE
        assert all(a.end_ms == b.start_ms for a, b in itertools.pairwise(pieces))
        assert all(SHORTEST_MS <= piece.duration_ms <= LONGEST_MS for piece in pieces[:-1])
        assert pieces[-1].duration_ms <= LONGEST_MS
    exact = [piece for piece, _ in cut(sound)]
    assert len(exact) == 1 or exact[-1].duration_ms >= SHORTEST_MS


def test_the_first_piece_leaves_long_before_the_recording_is_decoded() -> None:
    (first, known), *_ = cut(talk(5))
    assert 50 * SECOND <= first.duration_ms <= 60 * SECOND
    assert known <= 61 * SECOND


def test_pieces_get_shorter_so_that_nobody_waits_for_the_last() -> None:
    lengths = [piece.duration_ms for piece, _ in cut(talk(5))]
    assert lengths[0] > 1.5 * lengths[-1]
    assert lengths[-1] <= 2 * SHORTEST_MS + 2 * SECOND


def test_cuts_lie_in_pauses() -> None:
    for piece, _ in cut(talk(5))[1:]:
        assert piece.clean_start
        assert 4_000 < piece.start_ms % 4_600 < 4_600


def test_of_two_pauses_the_wider_one_is_taken() -> None:
    sound = spoken([(0, 26_000), (26_300, 29_000), (30_000, 33_000), (33_200, 60_000)], 60)
    second = cut(sound)[1][0]
    assert 29_000 < second.start_ms < 30_000


def test_who_speaks_on_is_cut_at_the_quietest_moment() -> None:
    sound = spoken([(0, 60_000)], 60)
    sound[29_500 * 16 : 29_620 * 16] //= 3
    second = cut(sound)[1][0]
    assert not second.clean_start
    assert 29_500 <= second.start_ms <= 29_620


def test_speech_is_told_from_the_start_of_its_piece() -> None:
    pieces = [piece for piece, _ in cut(talk(2))]
    heard = [
        (piece.start_ms + region.start_ms, piece.start_ms + region.end_ms)
        for piece in pieces
        for region in piece.speech
    ]
    starts = range(0, 2 * MINUTE - 4_000, 4_600)
    assert len(heard) == len(starts)
    for (start, end), truth in zip(heard, starts, strict=True):
        assert abs(start - truth) <= 60
        assert abs(end - truth - 4_000) <= 60


def test_a_quiet_piece_has_no_speech_by_the_standard_of_what_came_before() -> None:
    sound = spoken([(at, at + 4_000) for at in range(0, 56_000, 4_600)], 180)
    assert [bool(piece.speech) for piece, _ in cut(sound)][-1] is False


def test_silence_has_no_speech() -> None:
    assert not any(piece.speech for piece, _ in cut(np.zeros(90 * SAMPLE_RATE, np.int16)))


def test_loud_sound_without_any_quiet_may_be_speech() -> None:
    (piece, _), *_ = cut(np.resize(np.array([8_000, -8_000] * 8, np.int16), 30 * SAMPLE_RATE))
    assert piece.speech == (Region(0, piece.duration_ms),)


def test_the_same_sound_gives_the_same_pieces() -> None:
    assert cut(talk(3)) == cut(talk(3))
