"""Cutting a talk into windows that are read one by one, at the same time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

MOST_WORDS = 250
"""Short enough for an answer in a few seconds, long enough for few instructions per word."""

CONTEXT_WORDS = 20
"""Shown on both sides, so that a word at the border is judged in its sentence."""

REACH_WORDS = 25
"""How far a border moves to find the end of a sentence."""

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Window:
    """Words `first` to `last`, both included, are judged; from `seen_first` to `seen_last` seen."""

    first: int
    last: int
    seen_first: int
    seen_last: int

    @property
    def size(self) -> int:
        """Words that are judged."""
        return self.last - self.first + 1

    def holds(self, first: int, last: int) -> bool:
        """Whether words `first` to `last` are a range to be judged here: one that begins here.

        So what goes on past the border is judged once, by the window before it.
        """
        return self.first <= first <= self.last and first <= last <= self.seen_last

    def sees(self, first: int, last: int) -> bool:
        """Whether any of words `first` to `last` is seen here."""
        return first <= self.seen_last and last >= self.seen_first


def undivided(size: int) -> tuple[Window, ...]:
    """All of a talk of `size` words as one window; none without words."""
    return (Window(0, size - 1, 0, size - 1),) if size else ()


def windows(size: int, sentences: Iterable[Span], whole: Sequence[Span] = ()) -> tuple[Window, ...]:
    """Windows that cover `size` words in order, each word in exactly one of them.

    No border lies inside a span of `whole`; of the places left, the end of a sentence nearest to
    an even division is taken. Spans and sentences are half-open word ranges.
    """
    count = max(1, -(-size // MOST_WORDS))
    barred = {at for start, end in whole for at in range(start + 1, end)}
    ends = {end for _, end in sentences}
    borders = [0]
    for number in range(1, count):
        border = _border(number * size // count, barred, ends)
        if border is not None and borders[-1] < border < size:
            borders.append(border)
    edges = zip(borders, [*borders[1:], size], strict=True)
    return tuple(_window(first, end, size) for first, end in edges if first < end)


def _border(target: int, barred: set[int], ends: set[int]) -> int | None:
    """The best place near `target`, `None` where everything near is barred."""
    near = sorted(
        range(target - REACH_WORDS, target + REACH_WORDS + 1), key=lambda at: abs(at - target)
    )
    free = [at for at in near if at not in barred]
    return next((at for at in free if at in ends), free[0] if free else None)


def _window(first: int, end: int, size: int) -> Window:
    return Window(first, end - 1, max(0, first - CONTEXT_WORDS), min(size, end + CONTEXT_WORDS) - 1)
