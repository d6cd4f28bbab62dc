from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions_app.speech.findings import Finding, Severity
from sessions_app.speech.tracks import Region, Track
from sessions_app.speech.trailing import HALF_AS_LOUD_DB, MOST, NOTICEABLE_DB, trailing_findings
from sessions_app.speech.words import Word
from tests.sessions_app.speech.said import notes

HOP_MS = 100
WORD_MS = 300
SIZE = 10
GAP_MS = 500
SENTENCE_MS = SIZE * WORD_MS + GAP_MS
FADING = 2  # words: the least that last 600 ms


def talk(falls: Sequence[float]) -> tuple[tuple[Word, ...], Track]:
    """Sentences of ten words; the last two of each are softer than the rest by `falls` dB."""
    words, levels = [], []
    for number, fall in enumerate(falls):
        at = number * SENTENCE_MS
        words += [
            Word("word", at + place * WORD_MS, at + (place + 1) * WORD_MS) for place in range(SIZE)
        ]
        hops = WORD_MS // HOP_MS
        levels += [-20.0] * (SIZE - FADING) * hops + [-20.0 - fall] * FADING * hops
        levels += [-70.0] * (GAP_MS // HOP_MS)
    return tuple(words), Track(HOP_MS, tuple(levels))


def found(
    falls: Sequence[float], speech: tuple[Region, ...] | None = None, louder: float = 0.0
) -> list[Finding]:
    words, track = talk(falls)
    track = Track(HOP_MS, tuple(None if v is None else v + louder for v in track.values))
    spans = [(at, at + SIZE) for at in range(0, len(words), SIZE)]
    heard = (Region(0, len(track.values) * HOP_MS),) if speech is None else speech
    return trailing_findings(words, spans, track, heard, notes(words))


def places(falls: Sequence[float]) -> list[int]:
    """The numbers of the sentences that trail off."""
    return [finding.start_word // SIZE for finding in found(falls)]


USUAL = [2.0, 3.0, 1.0, 2.0, 2.5, 1.5]


def test_the_last_words_of_a_sentence_that_fades_are_found_with_their_times() -> None:
    (one,) = found([*USUAL, 9.0])
    start = len(USUAL) * SIZE + SIZE - FADING
    assert (one.start_word, one.end_word) == (start, start + FADING)
    at = len(USUAL) * SENTENCE_MS + (SIZE - FADING) * WORD_MS
    assert (one.start_ms, one.end_ms) == (at, at + FADING * WORD_MS)
    assert one.severity is Severity.MINOR
    assert one.why
    assert one.advice


def test_ordinary_final_lowering_is_no_finding() -> None:
    assert found(USUAL) == []
    assert found([4.0] * 8) == []


@pytest.mark.parametrize(("fall", "trails"), [(7.9, False), (8.1, True)])
def test_the_limit_is_six_decibels_under_the_usual_end(fall: float, trails: bool) -> None:
    assert bool(places([2.0] * 8 + [fall])) is trails


def test_uneven_ends_need_a_deeper_fall() -> None:
    uneven = [-3.0, 0.0, 2.0, 5.0, -1.0, 6.0, 1.0, 4.0]
    assert places([*uneven, 9.0]) == []
    assert places([*uneven, 10.5]) == [len(uneven)]


def test_who_fades_by_habit_is_told_of_ends_half_as_loud() -> None:
    assert len(found([11.0] * 4 + [8.0] * 4)) == 4


def test_a_few_sentences_have_no_usual_end() -> None:
    assert places([1.0, 9.0]) == []
    assert places([1.0, HALF_AS_LOUD_DB]) == [1]


def test_far_beyond_the_limit_is_severe() -> None:
    assert [f.severity for f in found([2.0] * 8 + [8.0 + NOTICEABLE_DB])] == [Severity.MAJOR]


def test_last_words_where_nobody_is_heard_have_wrong_times() -> None:
    """The recording has speech in the first half of every sentence only."""
    half = tuple(
        Region(number * SENTENCE_MS, number * SENTENCE_MS + SENTENCE_MS // 2) for number in range(9)
    )
    assert found([2.0] * 8 + [30.0], speech=half) == []


def test_short_sentences_have_no_end_of_their_own() -> None:
    words, track = talk([2.0] * 8 + [20.0])
    spans = [(at, at + 5) for at in range(0, len(words), 5)]
    heard = (Region(0, len(track.values) * HOP_MS),)
    assert trailing_findings(words, spans, track, heard, notes(words)) == []


def test_words_without_times_and_silence_find_nothing() -> None:
    words = tuple(Word("word") for _ in range(10))
    assert trailing_findings(words, [(0, 10)], Track(HOP_MS, ()), (), notes(words)) == []
    assert trailing_findings((), [], Track(HOP_MS, ()), (), notes(())) == []


FALLS = st.lists(st.integers(-20, 100).map(lambda quarters: quarters / 4), min_size=1, max_size=14)


@given(FALLS)
def test_those_that_fall_the_furthest_are_shown_in_order(falls: list[float]) -> None:
    numbers = places(falls)
    assert len(numbers) <= MOST
    assert numbers == sorted(set(numbers))
    least = min((falls[number] for number in numbers), default=None)
    others = [fall for number, fall in enumerate(falls) if number not in numbers]
    assert least is None or least >= NOTICEABLE_DB - 1e-6
    assert least is None or len(numbers) == MOST or all(fall <= least + 1e-6 for fall in others)


@given(FALLS, st.integers(-30, 15))
def test_the_level_of_the_recording_changes_nothing(falls: list[float], louder: int) -> None:
    words = [finding.start_word for finding in found(falls)]
    assert [finding.start_word for finding in found(falls, louder=louder)] == words
