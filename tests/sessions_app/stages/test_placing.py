from __future__ import annotations

import statistics
from collections.abc import Iterator
from pathlib import Path

import pytest

from ai.questions import Heard, HeardSegment, HeardWord
from sessions_app.speech.pieces import Piece
from sessions_app.speech.tracks import Region
from sessions_app.speech.words import Word
from sessions_app.stages.outputs import Timing
from sessions_app.stages.placing import Placer
from tests.sessions_app.recognition.speech import WORDS, never_stop, recording, regions

SAID = WORDS[55:128]  # from one pause to another
START, END = SAID[0][1] - 100, SAID[-1][2] + 100
TEXT = " ".join(text for text, _, _ in SAID)
PIECE = Piece(
    START,
    END,
    tuple(Region(region.start_ms - START, region.end_ms - START) for region in regions(SAID)),
)
BARE = tuple(
    HeardWord(text.strip(",.?!").lower(), start - START, end - START) for text, start, end in SAID
)


@pytest.fixture
def english(tmp_path: Path) -> Iterator[Placer]:
    with recording(tmp_path) as opened:
        yield Placer(opened, "en", tmp_path, never_stop)


@pytest.fixture
def spanish(tmp_path: Path) -> Iterator[Placer]:
    with recording(tmp_path) as opened:
        yield Placer(opened, "es", tmp_path, never_stop)


def errors(words: tuple[Word, ...]) -> list[int]:
    """Milliseconds by which starts are beside the truth."""
    assert [word.text for word in words] == TEXT.split()
    return [
        abs((word.start_ms or 0) - start) for word, (_, start, _) in zip(words, SAID, strict=True)
    ]


def segments() -> tuple[HeardSegment, ...]:
    return tuple(
        HeardSegment(
            " ".join(text for text, _, _ in SAID[at : at + 10]),
            SAID[at][1] - START,
            SAID[min(at + 9, len(SAID) - 1)][2] - START,
        )
        for at in range(0, len(SAID), 10)
    )


def test_the_servers_times_are_taken_with_the_texts_punctuation(english: Placer) -> None:
    placed = english.place(PIECE, Heard(TEXT, BARE))
    assert placed.timing is Timing.RECOGNISED
    assert max(errors(placed.words)) == 0


def test_text_alone_is_found_in_the_sound(english: Placer) -> None:
    placed = english.place(PIECE, Heard(TEXT))
    assert placed.timing is Timing.ALIGNED
    assert statistics.median(errors(placed.words)) <= 20
    assert max(errors(placed.words)) <= 150


def test_sentences_with_times_are_refined_by_the_sound(english: Placer) -> None:
    placed = english.place(PIECE, Heard(TEXT, segments=segments()))
    assert placed.timing is Timing.ALIGNED
    assert max(errors(placed.words)) <= 150


def test_times_that_cannot_be_are_looked_for_in_the_sound(english: Placer) -> None:
    zeros = tuple(HeardWord(word.text, 0, 0) for word in BARE)
    placed = english.place(PIECE, Heard(TEXT, zeros))
    assert placed.timing is Timing.ALIGNED
    assert max(errors(placed.words)) <= 150


def test_other_languages_keep_the_times_of_sentences(spanish: Placer) -> None:
    placed = spanish.place(PIECE, Heard(TEXT, segments=segments()))
    assert placed.timing is Timing.CUES
    assert [errors(placed.words)[at] for at in range(0, len(SAID), 10)] == [0] * 8


def test_other_languages_without_times_are_spread_over_the_speech(spanish: Placer) -> None:
    placed = spanish.place(PIECE, Heard(TEXT))
    assert placed.timing is Timing.APPROXIMATE
    for word in placed.words:
        assert word.start_ms is not None
        inside = (
            region.start_ms <= word.start_ms - START <= region.end_ms for region in PIECE.speech
        )
        assert any(inside)


def test_a_text_that_is_not_in_the_sound_is_spread(english: Placer) -> None:
    other = "The parliament adopted several resolutions concerning fishing quotas. " * 5
    assert english.place(PIECE, Heard(other)).timing is Timing.APPROXIMATE


def test_nothing_heard_is_no_word(english: Placer) -> None:
    assert english.place(PIECE, Heard("")).words == ()


def test_it_stops_when_asked(tmp_path: Path) -> None:
    class StoppedError(Exception):
        pass

    def stop() -> None:
        raise StoppedError

    with recording(tmp_path) as opened, pytest.raises(StoppedError):
        Placer(opened, "en", tmp_path, stop).place(PIECE, Heard(TEXT))
