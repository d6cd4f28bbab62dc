"""How varied the words are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from functools import lru_cache

from sessions_app.speech.atoms import atoms_of
from sessions_app.speech.phrases import find_phrases
from sessions_app.speech.words import Word

WINDOW = 50


def content_words(words: Sequence[Word], filler_forms: Collection[str]) -> list[int]:
    """Numbers of the words that are spelt like no filler, and have a letter or a digit.

    By spelling and not by judgement: what is a filler here or there moves the count of fillers
    and must not move the vocabulary as well.
    """
    atoms = atoms_of(tuple(words))
    matches = find_phrases(atoms, dict.fromkeys(filler_forms))
    skipped = {atom.word for match in matches for atom in atoms[match.first : match.last]}
    return [at for at, word in enumerate(words) if at not in skipped and _plain(word.text)]


@lru_cache(maxsize=2)
def variety(words: tuple[Word, ...], filler_forms: frozenset[str]) -> float | None:
    """`moving_type_token_ratio` of the content words, kept: a talk is measured several times."""
    return moving_type_token_ratio([words[at].text for at in content_words(words, filler_forms)])


def moving_type_token_ratio(words: Sequence[str]) -> float | None:
    """Share of different words in every window of fifty, averaged over the windows (0–1).

    MATTR: M. Covington and J. McFall, "Cutting the Gordian Knot", Journal of Quantitative
    Linguistics 17 (2010). Unlike a plain ratio it does not fall as a talk grows longer. `None`
    below fifty words.
    """
    counts = different_words(words)
    return sum(counts) / (WINDOW * len(counts)) if counts else None


def different_words(words: Sequence[str]) -> list[int]:
    """How many different words each window of fifty holds, window after window."""
    tokens = [token for word in words if (token := _plain(word))]
    if len(tokens) < WINDOW:
        return []
    inside = Counter(tokens[:WINDOW])
    counts = [len(inside)]
    for leaving, entering in zip(tokens, tokens[WINDOW:], strict=False):
        inside[entering] += 1
        inside[leaving] -= 1
        if not inside[leaving]:
            del inside[leaving]
        counts.append(len(inside))
    return counts


def _plain(word: str) -> str:
    folded = word.casefold()
    if folded.isalnum():
        return folded
    return "".join(char for char in folded if char.isalnum() or char in "'’")
