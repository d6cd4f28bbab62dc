"""How many tokens a text is: a quarter of its characters, rounded up."""

from __future__ import annotations

CHARACTERS = 4


def count(text: str) -> int:
    return -(-len(text) // CHARACTERS)


def cut(text: str, tokens: int) -> str:
    return text[: tokens * CHARACTERS]
