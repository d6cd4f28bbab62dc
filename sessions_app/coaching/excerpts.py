"""Stretches of a talk that let a coach know what it is about, without sending all of it."""

from __future__ import annotations

from collections.abc import Iterable

from sessions_app.coaching.focusing import Focus
from sessions_app.coaching.situation import Situation

OPENING_WORDS = 60
CLOSING_WORDS = 40
MOMENTS = 9

Excerpt = tuple[int, int, str]
"""First and last word, both included, and the words."""


def excerpts(situation: Situation, focuses: Iterable[Focus]) -> list[Excerpt]:
    """The opening, the closing, and the moments the rules would show, in order of the talk."""
    size = len(situation.words)
    moments = [(each.start_word, each.end_word) for focus in focuses for each in focus.evidence]
    distinct = list(dict.fromkeys(moments))[:MOMENTS]
    spans = {(0, min(OPENING_WORDS, size)), (max(0, size - CLOSING_WORDS), size), *distinct}
    return [_excerpt(situation, start, end) for start, end in sorted(spans) if start < end]


def _excerpt(situation: Situation, start: int, end: int) -> Excerpt:
    return start, end - 1, " ".join(word.text for word in situation.words[start:end])
