"""English names of numbers, as they are read out."""

from __future__ import annotations

_SMALL = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["_", "_", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_SCALES = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"), (1000, "thousand"))
_ORDINALS = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}
_YEARS = range(1100, 2100)
_ROUND_CENTURIES = range(2000, 2010)


def cardinal(number: int) -> list[str]:
    """`number >= 0` in words; from 10**15 on digit by digit, as people read long codes."""
    if number >= 10**15:
        return digits(str(number))
    for scale, name in _SCALES:
        if number >= scale:
            rest = number % scale
            return [*cardinal(number // scale), name, *(cardinal(rest) if rest else [])]
    if number >= 100:  # noqa: PLR2004
        rest = number % 100
        return [_SMALL[number // 100], "hundred", *(cardinal(rest) if rest else [])]
    if number < len(_SMALL):
        return [_SMALL[number]]
    rest = number % 10
    return [_TENS[number // 10], *([_SMALL[rest]] if rest else [])]


def ordinal(number: int) -> list[str]:
    *head, last = cardinal(number)
    if last in _ORDINALS:
        return [*head, _ORDINALS[last]]
    return [*head, f"{last[:-1]}ieth" if last.endswith("y") else f"{last}th"]


def year(number: int) -> list[str]:
    """1999 as nineteen ninety nine; other numbers as cardinals."""
    if number not in _YEARS or number in _ROUND_CENTURIES:
        return cardinal(number)
    century, rest = divmod(number, 100)
    if rest == 0:
        return [*cardinal(century), "hundred"]
    tail = ["oh", _SMALL[rest]] if rest < 10 else cardinal(rest)  # noqa: PLR2004
    return [*cardinal(century), *tail]


def digits(text: str) -> list[str]:
    """The ASCII digits of `text`, one by one."""
    return [_SMALL[int(char)] for char in text if char in "0123456789"]
