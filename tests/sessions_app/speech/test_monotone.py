from __future__ import annotations

from itertools import cycle, islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions_app.speech.findings import Finding, Severity
from sessions_app.speech.monotone import MOST, monotone_findings
from sessions_app.speech.tracks import Track
from sessions_app.speech.words import Word
from tests.sessions_app.speech.said import notes

HOP_MS = 100
FLAT, LIVELY = 3.0, 8.0
STEPS = (0.0, 0.25, 0.5, 0.75, 1.0)


def voice(*parts: tuple[int, float]) -> Track:
    """(seconds, semitones) in a row: a pitch that goes up and down evenly about 120 Hz."""
    values: list[float] = []
    for seconds, semitones in parts:
        span = semitones / 0.8  # of which p10 to p90 is four fifths
        pitches = (120 * 2 ** (span * (step - 0.5) / 12) for step in cycle(STEPS))
        values += islice(pitches, seconds * 1000 // HOP_MS)
    return Track(HOP_MS, tuple(values))


def spoken(seconds: int, turn: int = 0) -> tuple[Word, ...]:
    return tuple(Word("word", at, at + 500, turn=turn) for at in range(0, seconds * 1000, 500))


def found(words: tuple[Word, ...], track: Track) -> list[Finding]:
    return monotone_findings(words, track, notes(words))


def test_half_a_minute_near_one_pitch_is_found_with_its_words_and_times() -> None:
    stretch = found(spoken(90), voice((30, LIVELY), (30, FLAT), (30, LIVELY)))
    assert [(f.start_word, f.end_word, f.start_ms, f.end_ms) for f in stretch] == [
        (60, 120, 30_000, 60_000)
    ]
    assert stretch[0].severity is Severity.MINOR
    assert stretch[0].why
    assert stretch[0].advice


@pytest.mark.parametrize("semitones", [5.2, LIVELY])
def test_a_voice_above_the_norm_is_not_flat(semitones: float) -> None:
    assert found(spoken(60), voice((60, semitones))) == []


def test_twenty_flat_seconds_in_a_lively_talk_may_be_meant() -> None:
    assert found(spoken(80), voice((30, LIVELY), (20, FLAT), (30, LIVELY))) == []


def test_a_short_talk_that_is_flat_throughout_is_found() -> None:
    assert len(found(spoken(20), voice((20, FLAT)))) == 1
    assert found(spoken(10), voice((10, FLAT))) == []


def test_a_voice_that_hardly_moves_at_all_is_severe() -> None:
    assert [f.severity for f in found(spoken(30), voice((30, 1.5)))] == [Severity.MAJOR]


def test_where_too_little_is_voiced_nobody_can_tell() -> None:
    track = voice((60, FLAT))
    whispered = Track(HOP_MS, tuple(v if i % 5 == 0 else None for i, v in enumerate(track.values)))
    assert found(spoken(60), whispered) == []


def test_only_the_speakers_own_turns_are_listened_to() -> None:
    """Between them somebody else speaks in one pitch."""
    mine = [w for w in spoken(80) if (w.start_ms or 0) % 20_000 < 10_000]
    words = tuple(
        Word(w.text, w.start_ms, w.end_ms, turn=(w.start_ms or 0) // 20_000) for w in mine
    )
    assert found(words, voice(*[(10, LIVELY), (10, 1.0)] * 4)) == []
    assert len(found(words, voice(*[(10, FLAT), (10, 14.0)] * 4))) == 1


def test_a_long_talk_shows_its_longest_stretches_in_order() -> None:
    parts = [(30 + 10 * number, FLAT) for number in range(MOST + 3)]
    track = voice(*[part for flat in parts for part in (flat, (20, LIVELY))])
    stretches = found(spoken(len(track.values) // 10), track)
    lengths = [(f.end_ms or 0) - (f.start_ms or 0) for f in stretches]
    assert lengths == [60_000 + 10_000 * number for number in range(MOST)]


@given(
    st.lists(st.tuples(st.integers(1, 40), st.floats(0.5, 14.0)), max_size=6),
    st.floats(0.7, 1.4),
)
def test_how_high_a_voice_is_changes_nothing(parts: list[tuple[int, float]], factor: float) -> None:
    track = voice(*parts)
    higher = Track(HOP_MS, tuple(None if v is None else v * factor for v in track.values))
    words = spoken(len(track.values) // 10)
    places = [(f.start_word, f.end_word) for f in found(words, track)]
    assert places == [(f.start_word, f.end_word) for f in found(words, higher)]
    assert len(places) <= MOST
    assert all(0 <= start < end <= len(words) for start, end in places)
    assert places == sorted(places)
