"""Sentences as ranges of words."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import accumulate, groupby

from sentencex import segment

from sessions_app.speech.atoms import has_marks
from sessions_app.speech.gaps import gaps
from sessions_app.speech.words import Word

BREATH_MS = 700
"""Without marks, silence from here on ends a sentence: the pauses at sentence ends in read and
spontaneous speech lie mostly above it, those inside phrases below."""

Range = tuple[int, int]


def sentences(words: Sequence[Word], language: str) -> tuple[Range, ...]:
    """Half-open ranges that cover all words in order; none crosses a turn.

    Text with marks is split at them, other text at longer silences where times are known.
    """
    if not words:
        return ()
    marked = has_marks(tuple(words))
    starts = _turn_starts(words)
    starts |= set(_marked_starts(words, language)) if marked else _silence_starts(words)
    ordered = sorted(starts)
    return tuple(zip(ordered, [*ordered[1:], len(words)], strict=True))


def _turn_starts(words: Sequence[Word]) -> set[int]:
    changed = {
        index for index in range(1, len(words)) if words[index].turn != words[index - 1].turn
    }
    return {0} | changed


def _silence_starts(words: Sequence[Word]) -> set[int]:
    return {gap.after_word + 1 for gap in gaps(words) if gap.length_ms >= BREATH_MS}


def _marked_starts(words: Sequence[Word], language: str) -> Iterator[int]:
    """The first words of the sentences inside each turn."""
    for _, turn in groupby(range(len(words)), key=lambda index: words[index].turn):
        inside = list(turn)
        texts = [words[index].text for index in inside]
        offsets = list(accumulate((len(text) + 1 for text in texts), initial=0))
        for end in accumulate(len(part) for part in segment(language, " ".join(texts))):
            following = bisect_left(offsets, end)
            if following < len(inside):
                yield inside[following]
