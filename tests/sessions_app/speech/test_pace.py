from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions_app.speech.findings import FindingKind, Severity
from sessions_app.speech.gaps import length_ms, word_regions
from sessions_app.speech.norms import COMFORTABLE, pace_norm
from sessions_app.speech.pace import pace_findings, pace_windows
from sessions_app.speech.words import Word
from tests.sessions_app.speech.said import notes, said, timed


def spoken(wpm: int, seconds: int, start_ms: int = 0) -> tuple[Word, ...]:
    step = 60_000 // wpm
    times = range(start_ms, start_ms + seconds * 1000, step)
    return tuple(Word("word", at, at + step) for at in times)


def found(words: tuple[Word, ...], target: int | None = None) -> list[tuple[FindingKind, int, int]]:
    findings = pace_findings(words, pace_norm(target), notes(words))
    return [(f.kind, f.start_word, f.end_word) for f in findings]


def test_windows_follow_each_other_and_know_their_pace() -> None:
    windows = pace_windows(spoken(120, 45))
    assert [(w.start_ms, w.end_ms) for w in windows] == [
        (0, 15_000),
        (15_000, 30_000),
        (30_000, 45_000),
    ]
    assert [w.wpm for w in windows] == pytest.approx([120, 120, 120])


def test_long_silence_is_no_speaking_time() -> None:
    words = timed("word " * 80, gaps={20: 60_000})
    assert [w.wpm for w in pace_windows(words)] == pytest.approx([200.0, 200.0])


def test_shorter_pauses_are() -> None:
    words = timed("word " * 80, gaps=dict.fromkeys(range(79), 300))
    assert [w.wpm for w in pace_windows(words)] == pytest.approx([100.0] * 3, rel=0.02)


def test_other_turns_are_no_speaking_time() -> None:
    first = timed("word " * 40)
    second = tuple(Word("word", 13_000 + 300 * i, 13_300 + 300 * i, turn=1) for i in range(40))
    assert [w.wpm for w in pace_windows((*first, *second))] == pytest.approx([200.0] * 2)


def test_a_short_rest_joins_the_last_window_and_too_little_has_none() -> None:
    assert len(pace_windows(spoken(120, 19))) == 1
    assert len(pace_windows(spoken(120, 21))) == 2
    assert pace_windows(spoken(120, 4)) == ()
    assert pace_windows(said("no times here")) == ()


def test_a_sustained_stretch_is_flagged_where_it_is() -> None:
    words = (*spoken(120, 60), *spoken(240, 30, 60_000), *spoken(120, 60, 90_000))
    assert found(words) == [(FindingKind.PACE_FAST, 120, 240)]


def test_a_short_burst_is_not() -> None:
    assert found((*spoken(120, 60), *spoken(240, 15, 60_000), *spoken(120, 60, 75_000))) == []


def test_a_short_talk_is_flagged_as_a_whole() -> None:
    assert found(spoken(60, 20)) == [(FindingKind.PACE_SLOW, 0, 20)]


def test_an_own_target_replaces_the_norm() -> None:
    assert found(spoken(150, 40)) == []
    assert found(spoken(150, 40), target=110) == [(FindingKind.PACE_FAST, 0, 100)]


def test_far_beyond_the_limit_is_major() -> None:
    near, far = spoken(200, 40), spoken(250, 40)
    severities = [pace_findings(w, COMFORTABLE, notes(w))[0].severity for w in (near, far)]
    assert severities == [Severity.MINOR, Severity.MAJOR]


@given(
    st.lists(st.tuples(st.integers(50, 900), st.integers(0, 4_000)), max_size=120),
)
def test_windows_hold_all_speaking_time_of_one_turn(steps: list[tuple[int, int]]) -> None:
    at, words = 0, []
    for length, gap in steps:
        words.append(Word("w", at, at + length))
        at += length + gap
    windows = pace_windows(words)
    total = length_ms(word_regions(words))
    minutes = total / 60_000
    assert (windows == ()) == (total < 5_000)
    assert all(w.start_ms < w.end_ms and w.wpm > 0 for w in windows)
    assert all(a.end_ms <= b.start_ms for a, b in itertools.pairwise(windows))
    if windows and windows[-1].end_ms == words[-1].end_ms:
        slowest, fastest = min(w.wpm for w in windows), max(w.wpm for w in windows)
        assert slowest - 1e-6 <= len(words) / minutes <= fastest + 1e-6
