"""How varied the words are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

WINDOW = 50


def moving_type_token_ratio(words: Sequence[str]) -> float | None:
    """Share of different words in every window of fifty, averaged over the windows (0–1).

    MATTR: M. Covington and J. McFall, "Cutting the Gordian Knot", Journal of Quantitative
    Linguistics 17 (2010). Unlike a plain ratio it does not fall as a talk grows longer. `None`
    below fifty words.
    """
    tokens = [token for word in words if (token := _plain(word))]
    if len(tokens) < WINDOW:
        return None
    inside = Counter(tokens[:WINDOW])
    different = len(inside)
    for leaving, entering in zip(tokens, tokens[WINDOW:], strict=False):
        inside[entering] += 1
        inside[leaving] -= 1
        if not inside[leaving]:
            del inside[leaving]
        different += len(inside)
    return different / (WINDOW * (len(tokens) - WINDOW + 1))


def _plain(word: str) -> str:
    return "".join(char for char in word.casefold() if char.isalnum() or char in "'’")
