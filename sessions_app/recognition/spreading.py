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

    Only the stretches with speech are used; where there is none, the whole interval. A word
    that falls on the seam of two stretches goes where more of it lies: pauses stay pauses.
    """
    end_ms = max(start_ms, end_ms)
    stretches = [
        (max(region.start_ms, start_ms), min(region.end_ms, end_ms))
        for region in speech
        if region.start_ms < end_ms and region.end_ms > start_ms
    ] or [(start_ms, end_ms)]
    total = sum(end - start for start, end in stretches)
    weights = [len(word) + 1 for word in words]
    scale = total / max(1, sum(weights))
    edges = [weight * scale for weight in itertools.accumulate(weights, initial=0)]
    return _placed(list(itertools.pairwise(edges)), stretches)


def _placed(offsets: Sequence[tuple[float, float]], stretches: Sequence[Span]) -> list[Span]:
    """Rising offsets into the joined stretches, as times."""
    bases = list(itertools.accumulate((end - start for start, end in stretches), initial=0))
    spans: list[Span] = []
    at = 0
    for first, last in offsets:
        while at + 1 < len(stretches) and bases[at + 1] <= first:
            at += 1
        best, kept = at, min(last, bases[at + 1]) - first
        for later in range(at + 1, len(stretches)):
            if bases[later] >= last:
                break
            share = min(last, bases[later + 1]) - bases[later]
            best, kept = (later, share) if share > kept else (best, kept)
        shift = stretches[best][0] - bases[best]
        inside = max(first, bases[best]), min(last, bases[best + 1])
        spans.append((round(inside[0] + shift), round(max(inside) + shift)))
    return spans


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
