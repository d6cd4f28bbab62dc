"""Figures in text: digits and number words, which coaching may only show through slots."""

from __future__ import annotations

import re

from sessions_app.coaching.sentences import sentences

_SLOT_NAME = re.compile(r"\{[^{}|]*(?=[|}])")
_DIGITS = re.compile(r"[^\W_]*[\d½⅓⅔¼¾⅕⅛²³¹]+[^\W_]*")

_SMALL = "two three four five six seven eight nine ten eleven twelve"
_TEENS = "thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_TENS = "twenty thirty forty fourty fifty sixty seventy eighty ninety"
_LARGE = "hundred thousand million billion trillion dozen score couple pair"
_RATIOS = "twice thrice double doubled doubles triple tripled quadruple half halved halves quarter"
_ORDINALS = (
    "third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth twentieth hundredth"
)
_PLURALS = (
    "twos threes fours fives sixes sevens eights nines tens twenties thirties forties fifties "
    "sixties seventies eighties nineties hundreds thousands millions billions dozens thirds "
    "quarters fifths tenths couples pairs"
)

_AMBIGUOUS = frozenset({"score", "pair", "pairs", "couples"})
"""Read as ordinary words ("your score", "pair the words") far more often than as numbers."""

_WORDS = {
    "en": frozenset(" ".join((_SMALL, _TEENS, _TENS, _LARGE, _RATIOS, _ORDINALS, _PLURALS)).split())
    - _AMBIGUOUS
}
_LETTERS = re.compile(r"[^\W\d_]+")


def find_figures(text: str, language: str = "en") -> tuple[str, ...]:
    """Digits and number words from "two" up in `text`, in order; names of slots do not count.

    Number words are known for English only: for other languages digits are found.
    """
    plain = _SLOT_NAME.sub(" ", text)
    known = _WORDS.get(language[:2], frozenset())
    found = [(match.start(), match.group()) for match in _DIGITS.finditer(plain)]
    found += [
        (match.start(), match.group())
        for match in _LETTERS.finditer(plain)
        if match.group().casefold() in known
    ]
    return tuple(figure for _, figure in sorted(found))


def without_figures(text: str, language: str = "en") -> str:
    """`text` less the sentences that carry a figure."""
    return " ".join(part for part in sentences(text) if not find_figures(part, language))
