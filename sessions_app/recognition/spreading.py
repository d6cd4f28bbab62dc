"""Times for words that nothing was measured for: spread over the speech around them."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from sessions_app.speech.tracks import Region

Span = tuple[int, int]
"""Start and end in milliseconds."""


def spread(
    words: Sequence[str], start_ms: int, end_ms: int, speech: Sequence[Region]
) -> list[Span]:
    """Spans inside `[start_ms, end_ms]`, in proportion to the letters of each word.

    Only the stretches with speech are used; where there is none, the whole interval.
    """
    end_ms = max(start_ms, end_ms)
    clipped = [
        (max(region.start_ms, start_ms), min(region.end_ms, end_ms))
        for region in speech
        if region.start_ms < end_ms and region.end_ms > start_ms
    ] or [(start_ms, end_ms)]
    total = sum(end - start for start, end in clipped)
    weights = [len(word) + 1 for word in words]
    scale = total / max(1, sum(weights))
    edges = [0, *itertools.accumulate(weights)]
    spans = []
    for before, after in itertools.pairwise(edges):
        first = _at(clipped, before * scale, opening=True)
        spans.append((first, max(first, _at(clipped, after * scale, opening=False))))
    return spans


def _at(stretches: list[Span], offset: float, *, opening: bool) -> int:
    """The time `offset` ms into the stretches; on a seam an opening edge belongs to the later."""
    for start, end in stretches:
        length = end - start
        if offset < length or (not opening and offset <= length):
            return round(start + offset)
        offset -= length
    return stretches[-1][1]


def fill_gaps(
    words: Sequence[str], known: Sequence[Span | None], duration_ms: int, speech: Sequence[Region]
) -> list[Span]:
    """Spans for all words in rising order: known ones kept, the others spread between them."""
    filled: list[Span] = []
    for is_known, run in itertools.groupby(range(len(words)), lambda i: known[i] is not None):
        indices = list(run)
        if is_known:
            filled.extend(span for i in indices if (span := known[i]) is not None)
            continue
        after = known[indices[-1] + 1] if indices[-1] + 1 < len(words) else None
        start = filled[-1][1] if filled else 0
        end = after[0] if after else duration_ms
        filled.extend(spread([words[i] for i in indices], start, end, speech))
    return in_order(filled, duration_ms)


def in_order(spans: Sequence[Span], duration_ms: int) -> list[Span]:
    """No word starts before the one before it ends, and none after the recording."""
    ordered: list[Span] = []
    floor = 0
    for start, end in spans:
        first = min(max(start, floor), duration_ms)
        last = min(max(end, first), duration_ms)
        ordered.append((first, last))
        floor = last
    return ordered
