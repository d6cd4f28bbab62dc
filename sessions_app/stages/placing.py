"""Gives the words that a server heard in a piece their times."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ai.questions import Heard
from sessions_app.recognition.alignment import Alignment
from sessions_app.recognition.orders import Order
from sessions_app.recognition.spreading import Span, fill_gaps
from sessions_app.recognition.stated import credible
from sessions_app.recognition.wording import Timed, word_by_word
from sessions_app.speech.pieces import Piece
from sessions_app.speech.words import Word
from sessions_app.stages.outputs import Timing

_MOST = 0.6  # of the words have to have a time before it is called the server's


@dataclass(frozen=True, slots=True)
class Placed:
    """Words of a piece, times from the start of the recording."""

    piece: Piece
    words: tuple[Word, ...]
    timing: Timing


Align = Callable[[Order], Alignment | None]
"""Finds words in the recording; `None` where that failed."""


def place(piece: Piece, heard: Heard, align: Align | None) -> Placed:
    """Takes the server's times of words; else has them found in the sound, where there is a way
    to (`align`); else spreads the words over the speech.
    """
    parts = heard.words or heard.segments
    worded = word_by_word(
        [Timed(part.text, part.start_ms, part.end_ms) for part in parts], heard.text
    )
    texts = [word.text for word in worded]
    stated = credible([word.span for word in worded], piece.duration_ms)
    if heard.words and _most(stated):
        return _placed(piece, texts, stated, Timing.RECOGNISED)
    found = align(_order(piece, texts)) if align and texts else None
    if found is not None and found.is_good:
        known = [hit or guess for hit, guess in zip(found.spans, stated, strict=True)]
        return _placed(piece, texts, known, Timing.ALIGNED)
    timing = Timing.CUES if _most(stated) else Timing.APPROXIMATE
    return _placed(piece, texts, stated, timing)


def _order(piece: Piece, texts: Sequence[str]) -> Order:
    return Order(piece.start_ms, piece.end_ms, texts, piece.speech)


def _most(spans: Sequence[Span | None]) -> bool:
    return sum(span is not None for span in spans) > _MOST * len(spans)


def _placed(
    piece: Piece, texts: Sequence[str], known: Sequence[Span | None], timing: Timing
) -> Placed:
    spans = fill_gaps(texts, known, piece.duration_ms, piece.speech)
    words = (
        Word(text, piece.start_ms + start, piece.start_ms + end)
        for text, (start, end) in zip(texts, spans, strict=True)
    )
    return Placed(piece, tuple(words), timing)
