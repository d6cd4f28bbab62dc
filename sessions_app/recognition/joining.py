"""Puts the words of pieces together as the words of a recording."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from sessions_app.recognition.wording import key
from sessions_app.speech.pieces import Piece
from sessions_app.speech.words import Word

_AT_THE_CUT_MS: Final = 100


def joined(parts: Iterable[tuple[Piece, Iterable[Word]]]) -> tuple[Word, ...]:
    """`parts` in order, times of words from the start of the recording.

    A word that a cut went through was heard twice, as the end of one piece and as the beginning
    of the next: it is one word. Where nobody speaks at the cut, a repeated word was said twice.
    """
    words: list[Word] = []
    for piece, heard in parts:
        rest = list(heard)
        if words and rest and _is_one(words[-1], rest[0], piece):
            words[-1] = replace(rest.pop(0), start_ms=words[-1].start_ms)
        words += rest
    return tuple(words)


def _is_one(before: Word, after: Word, piece: Piece) -> bool:
    at, end, start = piece.start_ms, before.end_ms, after.start_ms
    if piece.clean_start or end is None or start is None:
        return False
    touching = at - end <= _AT_THE_CUT_MS and start - at <= _AT_THE_CUT_MS
    return touching and key(before.text) == key(after.text)
