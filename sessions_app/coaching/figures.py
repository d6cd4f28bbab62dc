"""Figures in text: digits and number words, which coaching may only show through slots."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from sessions_app.coaching.numerals import LANGUAGES, numerals, spelling
from sessions_app.coaching.sentences import sentences

_SLOT_NAME = re.compile(r"\{[^{}|]*(?=[|}])")
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
"""Soft hyphens and the like, which hide nothing from a reader."""
_LETTERS = re.compile(rf"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f{_INVISIBLE}])*")
_ALNUM = re.compile(r"[^\W_]+")
_ROMAN = re.compile(r"(?=[IVX]{2})X{0,3}(?:IX|IV|V?I{0,3})")
_DROPPED = dict.fromkeys(map(ord, _INVISIBLE))


def find_figures(text: str, language: str = "en") -> tuple[str, ...]:
    """Digits and number words from "two" up in `text`, in order; names of slots do not count.

    Number words of all seven languages are found whatever `language` is, so that an answer in
    another language hides none, but for those that are ordinary words in `language`.
    """
    plain = _SLOT_NAME.sub(" ", text)
    found = [(at.start(), at.group()) for at in _ALNUM.finditer(plain) if _is_written(at.group())]
    words = list(_LETTERS.finditer(plain))
    spelled = [spelling(word.group().translate(_DROPPED)) for word in words]
    found += [
        (word.start(), word.group())
        for at, word in enumerate(words)
        if _is_numeral(spelled, at, language[:2].casefold()) and not _is_written(word.group())
    ]
    return tuple(figure for _, figure in sorted(found))


def without_figures(text: str, language: str = "en") -> str:
    """`text` less the sentences that carry a figure."""
    return " ".join(part for part in sentences(text) if not find_figures(part, language))


def _is_written(token: str) -> bool:
    """In digits of any script, fractions and circled ones included, or in Roman numerals."""
    return any(char.isnumeric() for char in token) or _ROMAN.fullmatch(token) is not None


def _is_numeral(words: Sequence[str], at: int, language: str) -> bool:
    own = language if language in LANGUAGES else "en"
    if numerals(own).counts(words, at):
        return True
    return words[at] not in numerals(own).ordinary and _is_foreign_numeral(words[at], own)


@lru_cache(maxsize=4096)
def _is_foreign_numeral(word: str, own: str) -> bool:
    """Kept by word: few words make up most of a text, and there are six languages to look in."""
    return any(numerals(other).counts_anywhere(word) for other in LANGUAGES if other != own)
