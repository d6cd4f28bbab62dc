"""Text in another language than the talk, told by its small words."""

from __future__ import annotations

from sessions_app.speech.packs import load_pack
from sessions_app.speech.stems import parts
from sessions_app.speech.words import Word

LANGUAGES = ("en", "es", "pt", "fr", "de", "it", "nl")

FEWEST = 2
"""Different small words of another language; one may be part of a name."""

_OWN_SHARE = 0.4
"""From this share of small words of its own language on nobody doubts what a text is in, and no
other language needs to be read."""

_TIMES = 2
"""How many times as many another language must have."""


def is_foreign(text: str, language: str) -> bool:
    """Whether `text` has clearly more stop words of another language than of `language`. Those of
    both say nothing.

    False for a language whose stop words nobody listed.
    """
    said = {atom.norm for atom in parts(tuple(Word(word) for word in text.split()))}
    own = _stop_words(language)
    if not own or len(own & said) >= _OWN_SHARE * len(said) or len(said) < FEWEST:
        return False
    return any(_is_rather(said, _stop_words(other), own) for other in LANGUAGES)


def _is_rather(said: set[str], other: frozenset[str], own: frozenset[str]) -> bool:
    theirs, ours = len(said & other - own), len(said & own - other)
    return theirs >= FEWEST and theirs > _TIMES * ours


def _stop_words(language: str) -> frozenset[str]:
    pack = load_pack(language)
    return pack.stop_words if pack else frozenset()
