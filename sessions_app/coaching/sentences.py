"""Sentences of coaching text."""

from __future__ import annotations

import re

_END = re.compile(r"(?<=[.!?…])(?:\s?»|[”“\"'’)])*\s+(?=[^\s»])")


def sentences(text: str) -> tuple[str, ...]:
    """`text` cut after its full stops, question and exclamation marks; marks stay attached."""
    parts: list[str] = []
    start = 0
    for match in _END.finditer(text):
        parts.append(text[start : match.end()].strip())
        start = match.end()
    parts.append(text[start:].strip())
    return tuple(part for part in parts if part)
