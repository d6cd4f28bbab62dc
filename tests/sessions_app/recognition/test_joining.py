from __future__ import annotations

from sessions_app.recognition.joining import joined
from sessions_app.speech.pieces import Piece
from sessions_app.speech.words import Word


def piece(start_ms: int, *, clean: bool) -> Piece:
    return Piece(start_ms, start_ms + 30_000, (), clean)


FIRST = (piece(0, clean=True), [Word("see", 29_000, 29_400), Word("the.", 29_800, 29_950)])
AGAIN = [Word("The", 30_040, 30_200), Word("bus", 30_200, 30_600)]


def texts(words: tuple[Word, ...]) -> list[str]:
    return [word.text for word in words]


def test_a_word_that_the_cut_went_through_is_one() -> None:
    words = joined([FIRST, (piece(30_000, clean=False), AGAIN)])
    assert texts(words) == ["see", "The", "bus"]
    assert (words[1].start_ms, words[1].end_ms) == (29_800, 30_200)


def test_a_word_said_again_after_a_pause_was_said_twice() -> None:
    assert texts(joined([FIRST, (piece(30_000, clean=True), AGAIN)])) == [
        "see",
        "the.",
        "The",
        "bus",
    ]


def test_a_word_said_again_away_from_the_cut_was_said_twice() -> None:
    later = [Word("the", 30_400, 30_500)]
    words = joined([FIRST, (piece(30_000, clean=False), later)])
    assert texts(words) == ["see", "the.", "the"]


def test_another_word_at_the_cut_stays() -> None:
    other = [Word("bus", 30_010, 30_500)]
    assert texts(joined([FIRST, (piece(30_000, clean=False), other)])) == ["see", "the.", "bus"]


def test_a_piece_without_words_joins_nothing() -> None:
    parts = [FIRST, (piece(30_000, clean=False), []), (piece(60_000, clean=False), AGAIN)]
    assert texts(joined(parts)) == ["see", "the.", "The", "bus"]
