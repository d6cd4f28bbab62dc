"""Silence between words, and the speaking time it leaves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from sessions_app.speech.tracks import Region
from sessions_app.speech.words import Word

SPEAKING_GAP_MS = 1_500
"""Silence up to an acceptable pause belongs to speaking.

Norms of words per minute were taken from talks with their ordinary pauses left in; only silence
in which the talk stands still is taken out.
"""


@dataclass(frozen=True, slots=True)
class Gap:
    """The silence after word `after_word`; `length_ms` is never negative."""

    after_word: int
    start_ms: int
    length_ms: int


def gaps(words: Sequence[Word]) -> Iterator[Gap]:
    """Gaps between neighbours of one turn; none where a time is missing on either side."""
    for index, (word, following) in enumerate(pairwise(words)):
        if word.end_ms is None or following.start_ms is None or word.turn != following.turn:
            continue
        yield Gap(index, word.end_ms, max(0, following.start_ms - word.end_ms))


def turn_regions(words: Sequence[Word]) -> tuple[Region, ...]:
    """From first to last timed word of each turn."""
    timed = (w for w in words if w.start_ms is not None and w.end_ms is not None)
    return tuple(_hull(group) for _, group in groupby(timed, key=lambda word: word.turn))


def _hull(words: Iterable[Word]) -> Region:
    inside = tuple(words)
    return Region(
        min(word.start_ms or 0 for word in inside), max(word.end_ms or 0 for word in inside)
    )


def word_regions(words: Sequence[Word]) -> tuple[Region, ...]:
    """Where the speaker speaks: words joined over gaps up to `SPEAKING_GAP_MS`, turn by turn."""
    regions: list[Region] = []
    for _, group in groupby(words, key=lambda word: word.turn):
        spans = (
            Region(word.start_ms, word.end_ms)
            for word in group
            if word.start_ms is not None and word.end_ms is not None
        )
        regions.extend(joined(spans))
    return tuple(regions)


def joined(regions: Iterable[Region]) -> tuple[Region, ...]:
    """Regions in order, merged where the silence between is at most `SPEAKING_GAP_MS`."""
    result: list[Region] = []
    for region in regions:
        if result and region.start_ms - result[-1].end_ms <= SPEAKING_GAP_MS:
            last = result.pop()
            region = Region(last.start_ms, max(last.end_ms, region.end_ms))  # noqa: PLW2901
        result.append(region)
    return tuple(result)


def length_ms(regions: Iterable[Region]) -> int:
    return sum(region.end_ms - region.start_ms for region in regions)
