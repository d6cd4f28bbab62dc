"""Pronunciations for words that the dictionary lacks.

A guess only has to be close: forced alignment follows the words around it. Known parts are
used first (endings, compounds), then spelling, then a short table of English letter sounds.
"""

from __future__ import annotations

import re
from collections.abc import Callable

Lookup = Callable[[str], str | None]
"""The dictionary: phones of a lower-case word, separated by spaces, or None."""

_NAMES = dict(
    zip(
        "abcdefghijklmnopqrstuvwxyz",
        [
            "EY",
            "B IY",
            "S IY",
            "D IY",
            "IY",
            "EH F",
            "JH IY",
            "EY CH",
            "AY",
            "JH EY",
            "K EY",
            "EH L",
            "EH M",
            "EH N",
            "OW",
            "P IY",
            "K Y UW",
            "AA R",
            "EH S",
            "T IY",
            "Y UW",
            "V IY",
            "D AH B AH L Y UW",
            "EH K S",
            "W AY",
            "Z IY",
        ],
        strict=True,
    )
)
_SOUNDS = {
    "tion": "SH AH N", "sion": "ZH AH N", "ough": "AO", "augh": "AO", "eigh": "EY", "tch": "CH",
    "igh": "AY", "sch": "SH", "ture": "CH ER", "ch": "CH", "sh": "SH", "th": "TH", "ph": "F",
    "gh": "G", "wh": "W", "ck": "K", "ng": "NG", "qu": "K W", "kn": "N", "wr": "R", "dg": "JH",
    "sj": "SH", "ee": "IY", "ea": "IY", "ie": "IY", "ei": "IY", "oo": "UW", "ou": "AW",
    "ow": "OW", "oa": "OW", "oi": "OY", "oy": "OY", "ai": "EY", "ay": "EY", "au": "AO",
    "aw": "AO", "ew": "UW", "eu": "UW", "ue": "UW", "ar": "AA R", "er": "ER", "ir": "ER",
    "ur": "ER", "or": "AO R", "ce": "S", "ci": "S IH", "cy": "S IY", "ge": "JH", "gi": "JH IH",
    "a": "AE", "b": "B", "c": "K", "d": "D", "e": "EH", "f": "F", "g": "G", "h": "HH", "i": "IH",
    "j": "JH", "k": "K", "l": "L", "m": "M", "n": "N", "o": "AA", "p": "P", "q": "K", "r": "R",
    "s": "S", "t": "T", "u": "AH", "v": "V", "w": "W", "x": "K S", "y": "IY", "z": "Z",
}  # fmt: skip
_LONGEST_SOUND = max(map(len, _SOUNDS))
_ENDINGS = (
    ("'s", "Z"), ("s", "Z"), ("es", "IH Z"), ("ed", "D"), ("d", "D"), ("ing", "IH NG"),
    ("er", "ER"), ("ly", "L IY"), ("ness", "N AH S"), ("less", "L AH S"), ("able", "AH B AH L"),
)  # fmt: skip
_SHORTEST_PART = 3
_LONGEST_INITIALS = 4


def pronounce(word: str, lookup: Lookup) -> str:
    """Phones of an unknown word of the letters a–z and apostrophes."""
    return _with_ending(word, lookup) or _compound(word, lookup) or _guess(word.replace("'", ""))


def _with_ending(word: str, lookup: Lookup) -> str | None:
    for ending, phones in _ENDINGS:
        stem = word.removesuffix(ending)
        if stem == word or len(stem) < _SHORTEST_PART:
            continue
        # hop-ped, mak-ing: the stem may have doubled its last letter or lost an e.
        undoubled = stem[:-1] if stem[-1] == stem[-2] else stem
        for form in (stem, f"{stem}e", undoubled):
            known = lookup(form)
            if known:
                return f"{known} {phones}"
    return None


def _compound(word: str, lookup: Lookup) -> str | None:
    """Two known words, the longest first one winning: "blockchain"."""
    for cut in range(len(word) - _SHORTEST_PART, _SHORTEST_PART - 1, -1):
        first, second = lookup(word[:cut]), lookup(word[cut:])
        if first and second:
            return f"{first} {second}"
    return None


def _guess(word: str) -> str:
    if len(word) <= _LONGEST_INITIALS and not re.search(r"[aeiouy]", word):
        return " ".join(_NAMES[letter] for letter in word)
    return " ".join(_sounds(word))


def _sounds(word: str) -> list[str]:
    # A final e is silent after a consonant; doubled consonants sound once.
    word = re.sub(r"(?<=[^aeiou])e$", "", word) or word
    word = re.sub(r"([^aeiou])\1", r"\1", word)
    phones: list[str] = []
    position = 0
    while position < len(word):
        for length in range(_LONGEST_SOUND, 0, -1):
            sound = _SOUNDS.get(word[position : position + length])
            if sound:
                phones.append(sound)
                position += length
                break
    return phones
