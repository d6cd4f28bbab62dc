"""The words of a practice prompt that say what a talk is to be about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from sessions_app.speech.atoms import Atom
from sessions_app.speech.packs import load_pack
from sessions_app.speech.stems import Stemmer, parts
from sessions_app.speech.words import Word

_TASK_WORDS = Path(__file__).with_name("task_words.yaml")
_SHORTEST = 2  # letters; a single one names nothing


@dataclass(frozen=True, slots=True)
class KeyWord:
    """`text` as the prompt has it first."""

    text: str
    stem: str


def key_words(prompt: str, language: str, stemmer: Stemmer) -> tuple[KeyWord, ...] | None:
    """In the order of the prompt, each stem once: neither stop words nor words of the task
    ("explain", "minutes"). `None` for a language whose stop words nobody listed.
    """
    pack = load_pack(language)
    if pack is None or not pack.stop_words:
        return None
    asked = {stemmer(word) for word in _task_words().get(pack.language, ())}
    words = tuple(Word(text) for text in prompt.split())
    found: dict[str, str] = {}
    for atom in _content(words, pack.stop_words, stemmer):
        stem = stemmer(atom.norm)
        if stem not in asked:
            found.setdefault(stem, words[atom.word].text[atom.start : atom.end])
    return tuple(KeyWord(text, stem) for stem, text in found.items())


def _content(
    words: tuple[Word, ...], stop_words: frozenset[str], stemmer: Stemmer
) -> Iterator[Atom]:
    for atom in parts(words):
        forms = {atom.norm, stemmer.bare(atom.norm), atom.norm.partition("'")[0]}
        named = len(atom.norm) >= _SHORTEST and any(char.isalpha() for char in atom.norm)
        if named and stop_words.isdisjoint(forms):
            yield atom


@cache
def _task_words() -> dict[str, tuple[str, ...]]:
    table = yaml.safe_load(_TASK_WORDS.read_text(encoding="utf-8"))
    return {language: tuple(words) for language, words in table.items()}
