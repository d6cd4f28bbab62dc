"""Whether a talk is on the prompt it was to practise."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from sessions_app.speech.foreign import is_foreign
from sessions_app.speech.key_words import key_words
from sessions_app.speech.stems import Stemmer, parts
from sessions_app.speech.words import Word

MOST_PLACES = 5
"""Places kept for one point; more make it no more answered."""

_COMPOUNDING = frozenset({"de", "nl"})
"""Languages that write "Besprechungsraum" in one."""

_COMPOUNDED = 5
"""Letters a stem needs to be looked for inside longer words; shorter ones stand in too many."""


class RelevanceSource(StrEnum):
    RULE = "rule"
    AI = "ai"


@dataclass(frozen=True, slots=True)
class Point:
    """One thing the prompt asks for, quoted from it, and the words of the talk that answer it:
    half-open word ranges, the first few of them, none where the talk does not.
    """

    text: str
    places: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Relevance:
    """`value` is the share of the prompt's points that the talk answers, 0–1."""

    value: float
    source: RelevanceSource
    points: tuple[Point, ...]


def relevance(points: Iterable[Point], source: RelevanceSource) -> Relevance | None:
    """`None` without points."""
    named = tuple(points)
    if not named:
        return None
    answered = sum(bool(point.places) for point in named)
    return Relevance(answered / len(named), source, named)


def relevance_by_rule(prompt: str, words: tuple[Word, ...], language: str) -> Relevance | None:
    """The prompt's key words are its points, each answered where the talk has a word of the same
    stem. `None` without key words, for a language whose stop words nobody listed, and for a
    prompt in another language than the talk.
    """
    if is_foreign(prompt, language):
        return None
    stemmer = Stemmer(language)
    wanted = key_words(prompt, language, stemmer)
    if not wanted:
        return None
    said = _said(words, stemmer)
    inside = language[:2].lower() in _COMPOUNDING
    return relevance(
        (Point(word.text, _places(word.stem, said, inside=inside)) for word in wanted),
        RelevanceSource.RULE,
    )


def _said(words: tuple[Word, ...], stemmer: Stemmer) -> dict[str, list[int]]:
    """The words of a talk by their stems."""
    said: dict[str, list[int]] = {}
    for atom in parts(words):
        said.setdefault(stemmer(atom.norm), []).append(atom.word)
    return said


def _places(
    stem: str, said: Mapping[str, list[int]], *, inside: bool
) -> tuple[tuple[int, int], ...]:
    """`inside`: longer words that begin or end with the stem count as well."""
    found = set(said.get(stem, ()))
    if inside and len(stem) >= _COMPOUNDED:
        for longer, places in said.items():
            if longer.startswith(stem) or longer.endswith(stem):
                found.update(places)
    return tuple((at, at + 1) for at in sorted(found)[:MOST_PLACES])
