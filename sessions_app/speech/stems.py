"""Words without their endings, so that "meeting" is found where "meetings" is asked for."""

from __future__ import annotations

import re

import snowballstemmer

from sessions_app.speech.atoms import Atom, atomise
from sessions_app.speech.words import Word

_ALGORITHMS = {
    "de": "german",
    "en": "english",
    "es": "spanish",
    "fr": "french",
    "it": "italian",
    "nl": "dutch",
    "pt": "portuguese",
}
_PART = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_APOSTROPHE = re.compile("[’‘ʼ]")
_ELIDING = frozenset({"fr", "it"})
"""Here an apostrophe stands between two words: "l'équipe", "dell'azienda"."""


class Stemmer:
    """For one language; of a language without an algorithm the words stay whole.

    Remembers what it has seen, and is for one thread: an algorithm works on its own fields.
    """

    def __init__(self, language: str) -> None:
        self._language = language[:2].lower()
        name = _ALGORITHMS.get(self._language)
        self._algorithm = snowballstemmer.stemmer(name) if name else None
        self._seen: dict[str, str] = {}

    def __call__(self, norm: str) -> str:
        """`norm` is in lower case with plain apostrophes, as atoms have it."""
        if norm not in self._seen:
            bare = self.bare(norm)
            self._seen[norm] = str(self._algorithm.stemWord(bare)) if self._algorithm else bare
        return self._seen[norm]

    def bare(self, norm: str) -> str:
        """Without the article or pronoun that an apostrophe has tied to it."""
        return norm.rpartition("'")[2] or norm if self._language in _ELIDING else norm


def norms(text: str) -> list[str]:
    """The words in `text` as atoms have them, hyphenated ones in their parts. Where only stems
    matter this does in a tenth of the time."""
    return _PART.findall(_APOSTROPHE.sub("'", text.lower()))


def parts(words: tuple[Word, ...]) -> tuple[Atom, ...]:
    """The atoms of words, hyphenated ones in their parts: "decision-making" is two words to some
    writers and one to others."""
    return atomise(words, lambda whole, parts: True)
