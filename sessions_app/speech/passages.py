"""Passages: whole sentences, as many as make a stretch worth talking about."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

Range = tuple[int, int]


def passages(sentences: Sequence[Range], shortest: int, longest: int) -> tuple[Range, ...]:
    """Half-open ranges of `shortest` to `longest` words that cover the same words in order.

    They end with sentences, except where one alone is longer. What is left at the end may be
    shorter, and so may a passage before a very long sentence.
    """
    made: list[Range] = []
    for start, end in pieces(sentences, longest):
        before = made[-1] if made else None
        if before and length(before) < shortest and end - before[0] <= longest:
            made[-1] = (before[0], end)
        else:
            made.append((start, end))
    if len(made) > 1 and length(made[-1]) < shortest and made[-1][1] - made[-2][0] <= longest:
        made[-2:] = [(made[-2][0], made[-1][1])]
    return tuple(made)


def pieces(sentences: Sequence[Range], longest: int) -> Iterator[Range]:
    """Sentences, long ones in even parts of at most `longest` words."""
    for start, end in sentences:
        parts = math.ceil((end - start) / longest)
        edges = [start + (end - start) * part // parts for part in range(parts)]
        yield from zip(edges, [*edges[1:], end], strict=True)


def length(passage: Range) -> int:
    return passage[1] - passage[0]
