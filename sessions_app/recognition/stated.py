"""Which of the times that a server states can be true."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Final

from sessions_app.recognition.spreading import Span

MAX_WORDS_PER_SECOND: Final = 10.0
"""The fastest talkers reach 6; Chinese is counted in characters, about 7."""

_BESIDE_MS: Final = 500  # servers round, and pad what they hear


def credible(spans: Sequence[Span | None], duration_ms: int) -> list[Span | None]:
    """Spans that lie in the recording and rise with the words; `None` for all the others.

    None at all where they would make speech faster than any: zeros, or seconds taken for
    something else.
    """
    inside = [
        (span[0], min(max(span), duration_ms)) if span and _inside(span, duration_ms) else None
        for span in spans
    ]
    kept = _rising([span[0] if span else None for span in inside])
    known = [inside[index] for index in kept]
    if not _at_human_pace([span for span in known if span]):
        return [None] * len(spans)
    found: list[Span | None] = [None] * len(spans)
    for index, following in zip(kept, [*kept[1:], None], strict=True):
        span, after = inside[index], inside[following] if following is not None else None
        if span:
            found[index] = (span[0], min(span[1], after[0]) if after else span[1])
    return found


def _inside(span: Span, duration_ms: int) -> bool:
    return 0 <= span[0] <= duration_ms and span[1] <= duration_ms + _BESIDE_MS


def _at_human_pace(spans: Sequence[Span]) -> bool:
    if len(spans) <= 1:
        return any(end > start for start, end in spans)
    covered = max(end for _, end in spans) - spans[0][0]
    return len(spans) * 1000 <= MAX_WORDS_PER_SECOND * covered


def _rising(starts: Sequence[int | None]) -> list[int]:
    """Indices of the longest run of starts that never fall."""
    tops: list[int] = []  # the lowest start that a run of this length can end with
    tails: list[int] = []
    before: dict[int, int | None] = {}
    for index, start in enumerate(starts):
        if start is None:
            continue
        length = bisect_right(tops, start)
        tops[length : length + 1] = [start]
        tails[length : length + 1] = [index]
        before[index] = tails[length - 1] if length else None
    run: list[int] = []
    at = tails[-1] if tails else None
    while at is not None:
        run.append(at)
        at = before[at]
    return run[::-1]
