"""How a written English word is said: "25%" is "twenty five percent"."""

from __future__ import annotations

import re
import unicodedata

from sessions_app.recognition.numbers import cardinal, digits, ordinal, year

_SYMBOLS = {"&": "and", "+": "plus", "%": "percent", "=": "equals", "@": "at"}
_MONEY = {"$": "dollars", "£": "pounds", "€": "euros", "¥": "yen"}
_SHORT = {
    "dr": "doctor",
    "mr": "mister",
    "mrs": "missus",
    "ms": "miz",
    "vs": "versus",
    "etc": "etcetera",
    "st": "saint",
    "prof": "professor",
}
_PIECE = re.compile(
    r"[$£€¥]\d[\d,]*(?:\.\d+)?|\d[\d,]*(?:\.\d+)?(?:st|nd|rd|th|s)?(?![a-z])|"
    r"\d+|[a-z]+(?:'[a-z]+)*'?|[&+%=@]"
)
_LAST_PLAIN_YEAR_DIGITS = 4


def spoken(written: str) -> tuple[str, ...]:
    """Lower-case words of a written word, in order; empty where nothing in it is English.

    "U.S." is said letter by letter, "e-mail" as two words, "3.5" as "three point five".
    """
    plain = _ascii(written)
    if re.fullmatch(r"(?:[a-z]\.){2,}[a-z]?\W*", plain):
        return tuple(char for char in plain if char.isalpha())
    words: list[str] = []
    for piece in _PIECE.findall(plain):
        words.extend(_say(piece))
    return tuple(words)


def _ascii(written: str) -> str:
    folded = written.replace("’", "'").replace("‘", "'").casefold()
    parts = unicodedata.normalize("NFKD", folded)
    return "".join(char for char in parts if not unicodedata.combining(char))


def _say(piece: str) -> list[str]:
    if piece in _SYMBOLS:
        return [_SYMBOLS[piece]]
    if piece[0] in _MONEY:
        return [*_number(piece[1:]), _MONEY[piece[0]]]
    if piece[0].isdigit():
        return _number(piece)
    word = piece if piece.endswith("n'") else piece.rstrip("'")
    return [_SHORT.get(word, word)]


def _number(piece: str) -> list[str]:
    body = piece.replace(",", "")
    if body.endswith(("st", "nd", "rd", "th")):
        return ordinal(int(body[:-2]))
    if body.endswith("s"):
        *head, last = year(int(body[:-1]))
        return [*head, f"{last[:-1]}ies" if last.endswith("y") else f"{last}s"]
    whole, _, fraction = body.partition(".")
    if fraction:
        return [*cardinal(int(whole)), "point", *digits(fraction)]
    if whole.startswith("0") and len(whole) > 1:
        return digits(whole)
    plain_year = len(whole) == _LAST_PLAIN_YEAR_DIGITS and "," not in piece
    return year(int(whole)) if plain_year else cardinal(int(whole))
