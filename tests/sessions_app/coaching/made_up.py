"""Talks that nobody gave: fillers, hedges and slips among plain words, the same for a seed."""

from __future__ import annotations

from random import Random

_PLAIN = (
    "we", "walked", "a", "long", "way", "past", "the", "old", "mill", "and", "saw", "how", "quiet",
    "it", "had", "become", "there", "before", "anybody", "told", "us", "what", "town", "valley",
)  # fmt: skip
_SPICE = (
    "um,", "uh", "like,", "I like the view", "you know,", "I mean,", "kind of", "sort of", "right,",
    "basically", "so, well,", "maybe", "I guess", "the the", "kinda", "okay,", "innit", "just as",
)  # fmt: skip


def made_up(seed: int, size: int, *, marks: bool = True) -> str:
    """`size` words; without `marks` nothing says where a sentence ends."""
    choices = Random(seed)
    words: list[str] = []
    while len(words) < size:
        spiced = choices.random() < 0.2
        words += choices.choice(_SPICE).split() if spiced else [choices.choice(_PLAIN)]
        if choices.random() < 0.08:
            words[-1] = words[-1].rstrip(",") + "."
    text = " ".join(words[:size])
    return text if marks else text.replace(",", "").replace(".", "")
