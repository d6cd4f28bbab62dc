"""Number words of a language, read from `figures/<language>.yaml`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache, cached_property
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

_FOLDER = Path(__file__).with_name("figures")

LANGUAGES = ("en", "de", "es", "fr", "it", "nl", "pt")


class Beside(BaseModel):
    """A word that is a number in some contexts only: after or before these words, or everywhere
    but there. Each entry is a pattern for a whole word."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    after: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()
    not_before: tuple[str, ...] = ()

    def holds(self, before: str, after: str) -> bool:
        if self.after or self.before:
            return _any(self.after, before) or _any(self.before, after)
        return not (_any(self.not_after, before) or _any(self.not_before, after))


class Numerals(BaseModel):
    """`parts` are number words from two up, which also make up compounds, with `ones` and
    `joiners` between and `suffixes` at the end. `words` stand for themselves. `ordinary` are
    number words of other languages that mean something else in this one.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    parts: tuple[str, ...]
    ones: tuple[str, ...] = ()
    joiners: tuple[str, ...] = ()
    suffixes: tuple[str, ...] = ()
    words: frozenset[str] = frozenset()
    never: frozenset[str] = frozenset()
    beside: dict[str, Beside] = {}
    ordinary: frozenset[str] = frozenset()

    def counts(self, words: Sequence[str], at: int) -> bool:
        """Whether the word is a number where it stands."""
        word = words[at]
        if word in self.beside:
            before = words[at - 1] if at else ""
            after = words[at + 1] if at + 1 < len(words) else ""
            return self.beside[word].holds(before, after)
        return self.counts_anywhere(word)

    def counts_anywhere(self, word: str) -> bool:
        if word in self.never or word in self.beside:
            return False
        return word in self.words or self._compound.fullmatch(word) is not None

    @cached_property
    def _compound(self) -> re.Pattern[str]:
        more, small = _either(self.parts), _either(self.ones)
        joint, end = _either(self.joiners), _either(self.suffixes)
        return re.compile(f"(?:{small}{joint}?)?{more}(?:{joint}?(?:{more}|{small}))*{end}?")


@cache
def numerals(language: str) -> Numerals:
    """Raises `ValidationError` or `FileNotFoundError` for a broken or missing table."""
    text = (_FOLDER / f"{language}.yaml").read_text(encoding="utf-8")
    return Numerals.model_validate(yaml.safe_load(spelling(text)))


def spelling(word: str) -> str:
    """One spelling for all ways to write a word: no capitals, no letters of fancy shape."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", word).casefold())


def _either(words: Sequence[str]) -> str:
    """A pattern for any of the words, longest first; one that never matches without any."""
    longest = sorted(words, key=len, reverse=True)
    return f"(?:{'|'.join(map(re.escape, longest)) or '(?!)'})"


def _any(patterns: Sequence[str], word: str) -> bool:
    return any(re.fullmatch(pattern, word) for pattern in patterns)
