"""Corrections for tests."""

from __future__ import annotations

from collections.abc import Sequence

from sessions_app.speech.corrections import Correction, CorrectionKind
from sessions_app.speech.words import Word

NO, YES, WORD = CorrectionKind.NOT_A_FILLER, CorrectionKind.IS_A_FILLER, CorrectionKind.WORD


def correction(
    number: int,
    kind: CorrectionKind,
    words: Sequence[Word],
    start: int,
    end: int | None = None,
    *,
    text: str = "",
) -> Correction:
    """On words `start` to `end` of a talk, by default on one word."""
    end = start + 1 if end is None else end
    about = words[start:end]
    said = " ".join(word.text for word in about)
    times = about[0].start_ms, about[-1].end_ms
    return Correction(number, kind, start, end, *times, said=said, text=text)
