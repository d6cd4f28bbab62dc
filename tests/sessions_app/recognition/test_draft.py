from __future__ import annotations

import itertools
from pathlib import Path

from sessions_app.recognition.draft import draft
from sessions_app.speech.tracks import Region
from tests.sessions_app.recognition.speech import (
    TEXT,
    WORDS,
    never_stop,
    recording,
    regions,
    silence,
)

SECONDS = 9
SAID = [word for word in WORDS if word[2] <= SECONDS * 1000]


def test_drafts_words_with_the_right_times_and_count(tmp_path: Path) -> None:
    with recording(tmp_path) as opened:
        words = draft(opened, regions(SAID), (), never_stop)
    assert abs(len(words) - len(SAID)) <= len(SAID) * 0.3
    known = {text.strip(".,").casefold() for text in TEXT.split()}
    assert sum(word.text in known for word in words) > len(words) * 0.5
    spans = [(word.start_ms or 0, word.end_ms or 0) for word in words]
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(spans))
    assert abs(spans[0][0] - SAID[0][1]) < 200
    assert abs(spans[-1][1] - SAID[-1][2]) < 500
    assert all(word.confidence is not None and 0 <= word.confidence <= 1 for word in words)
    assert not any(char in word.text for word in words for char in "()<>[]+")


def test_later_speech_keeps_its_place_in_the_recording(tmp_path: Path) -> None:
    said = [word for word in WORDS if word[1] > 20_000 and word[2] < 26_000]
    with recording(tmp_path) as opened:
        words = draft(opened, regions(said), (), never_stop)
    assert words
    assert all(19_500 < (word.start_ms or 0) < 26_500 for word in words)


def test_hears_nothing_without_regions_of_speech(tmp_path: Path) -> None:
    with recording(tmp_path) as opened:
        assert draft(opened, (), (), never_stop) == ()


def test_regions_beyond_the_sound_are_harmless() -> None:
    assert draft(silence(1), (Region(5_000, 5_010),), (), never_stop) == ()
