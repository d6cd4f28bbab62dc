"""Words with their numbers in front: "0 So 1 um, 2 like"."""

from __future__ import annotations

import re

_EDGES = re.compile(r"^[^\w']+|[^\w']+$")


def read(text: str) -> dict[int, str]:
    """Each word with what follows it up to the next number, such as the mark of a pause.

    A number after a number is a word: "7 3 8 people" is "3" and "people".
    """
    words: dict[int, str] = {}
    number: int | None = None
    for part in text.split():
        if _is_number(part) and _follows(int(part), number, words):
            number = int(part)
        elif number is not None:
            words[number] = f"{words[number]} {part}" if number in words else part
    return words


def plain(word: str) -> str:
    """In lower case and without marks, those after it included."""
    return _EDGES.sub("", word.split(maxsplit=1)[0].replace("’", "'")).casefold()


def _is_number(part: str) -> bool:
    return part.isascii() and part.isdigit()


def _follows(candidate: int, number: int | None, words: dict[int, str]) -> bool:
    """Numbers go up by one; the first may be any."""
    return number is None or (number in words and candidate == number + 1)
