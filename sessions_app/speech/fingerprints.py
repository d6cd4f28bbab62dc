"""Fingerprints of texts, so that a model can tell what it was trained on without holding a word.

Of each conversation the longest turns are kept: short ones ("uh-huh, yeah") are said everywhere.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Sequence
from itertools import groupby

from sessions_app.speech.labelled import LabelledText

_KEPT = 12  # turns of each conversation
_SHORTEST = 40  # letters and digits; shorter turns may be said twice
_DIGITS = 16


def fingerprints(texts: Iterable[LabelledText]) -> frozenset[str]:
    """Of the longest turns of each conversation; the same however they are punctuated."""
    ordered = sorted(texts, key=lambda text: text.conv)
    return frozenset(
        _digest(spoken)
        for _, turns in groupby(ordered, key=lambda text: text.conv)
        for spoken in _longest(turns)
    )


def seen_conversations(texts: Sequence[LabelledText], seen: Collection[str]) -> list[str]:
    """Names of the conversations of which any turn is among the fingerprints, sorted."""
    return sorted({text.conv for text in texts if _digest(_spoken(text)) in seen})


def _longest(turns: Iterable[LabelledText]) -> list[str]:
    spoken = {spoken for turn in turns if len(spoken := _spoken(turn)) >= _SHORTEST}
    return sorted(spoken, key=lambda letters: (-len(letters), letters))[:_KEPT]


def _spoken(text: LabelledText) -> str:
    return "".join(char for char in text.text.lower() if char.isalnum())


def _digest(spoken: str) -> str:
    return hashlib.sha256(spoken.encode()).hexdigest()[:_DIGITS]
