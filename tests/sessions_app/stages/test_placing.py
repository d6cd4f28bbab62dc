from __future__ import annotations

import statistics
from collections.abc import Iterator

import pytest

from ai.questions import Heard, HeardSegment, HeardWord
from sessions_app.speech.pieces import Piece
from sessions_app.speech.tracks import Region
from sessions_app.speech.words import Word
from sessions_app.stages.outputs import Timing
from sessions_app.stages.placing import Align, place
from tests.sessions_app.recognition.aligning import aligners
from tests.sessions_app.recognition.speech import WORDS, regions

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


@pytest.fixture(scope="module")
def align(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Align]:
    with aligners(tmp_path_factory.mktemp("aligners")) as opened:
        yield opened.align


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


def test_the_servers_times_are_taken_with_the_texts_punctuation(align: Align) -> None:
    placed = place(PIECE, Heard(TEXT, BARE), align)
    assert placed.timing is Timing.RECOGNISED
    assert max(errors(placed.words)) == 0


def test_text_alone_is_found_in_the_sound(align: Align) -> None:
    placed = place(PIECE, Heard(TEXT), align)
    assert placed.timing is Timing.ALIGNED
    assert statistics.median(errors(placed.words)) <= 20
    assert max(errors(placed.words)) <= 150


def test_sentences_with_times_are_refined_by_the_sound(align: Align) -> None:
    placed = place(PIECE, Heard(TEXT, segments=segments()), align)
    assert placed.timing is Timing.ALIGNED
    assert max(errors(placed.words)) <= 150


def test_times_that_cannot_be_are_looked_for_in_the_sound(align: Align) -> None:
    zeros = tuple(HeardWord(word.text, 0, 0) for word in BARE)
    placed = place(PIECE, Heard(TEXT, zeros), align)
    assert placed.timing is Timing.ALIGNED
    assert max(errors(placed.words)) <= 150


def test_other_languages_keep_the_times_of_sentences() -> None:
    placed = place(PIECE, Heard(TEXT, segments=segments()), None)
    assert placed.timing is Timing.CUES
    assert [errors(placed.words)[at] for at in range(0, len(SAID), 10)] == [0] * 8


def test_other_languages_without_times_are_spread_over_the_speech() -> None:
    placed = place(PIECE, Heard(TEXT), None)
    assert placed.timing is Timing.APPROXIMATE
    for word in placed.words:
        assert word.start_ms is not None
        inside = (
            region.start_ms <= word.start_ms - START <= region.end_ms for region in PIECE.speech
        )
        assert any(inside)


def test_a_text_that_is_not_in_the_sound_is_spread(align: Align) -> None:
    other = "The parliament adopted several resolutions concerning fishing quotas. " * 5
    assert place(PIECE, Heard(other), align).timing is Timing.APPROXIMATE


def test_nothing_heard_is_no_word(align: Align) -> None:
    assert place(PIECE, Heard(""), align).words == ()


def test_where_the_sound_cannot_be_searched_the_words_are_spread() -> None:
    placed = place(PIECE, Heard(TEXT), lambda order: None)
    assert placed.timing is Timing.APPROXIMATE
    assert [word.text for word in placed.words] == TEXT.split()
