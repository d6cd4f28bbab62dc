"""Cuts the speech of a recording into stretches that are recognised one at a time."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from sessions_app.speech.tracks import Region

# Two seconds of work on one core, so that a stop is noticed in time.
SEGMENT_MS = 10_000
_MARGIN_MS = 200


def segments(
    speech: Sequence[Region], pauses_ms: Sequence[int], duration_ms: int
) -> Iterator[tuple[int, int]]:
    """Stretches with speech, neighbours joined and long ones cut, none over 10 seconds."""
    for start, end in _joined(speech, duration_ms):
        yield from _cut(start, end, pauses_ms)


def _joined(speech: Sequence[Region], duration_ms: int) -> Iterator[tuple[int, int]]:
    """Regions with a margin, joined while they stay within one segment."""
    current: tuple[int, int] | None = None
    for region, following in itertools.zip_longest(speech, speech[1:]):
        # Half of the pause to the next region at most: no audio is heard twice.
        reach = (following.start_ms - region.end_ms) // 2 if following else _MARGIN_MS
        start = max(0, region.start_ms - _MARGIN_MS)
        start = max(start, current[1]) if current else start
        end = min(duration_ms, region.end_ms + max(0, min(_MARGIN_MS, reach)))
        if current and end - current[0] <= SEGMENT_MS:
            current = (current[0], end)
            continue
        if current:
            yield current
        current = (start, end)
    if current:
        yield current


def _cut(start: int, end: int, pauses_ms: Sequence[int]) -> Iterator[tuple[int, int]]:
    while end - start > SEGMENT_MS:
        inside = [at for at in pauses_ms if start + SEGMENT_MS // 3 < at <= start + SEGMENT_MS]
        cut = max(inside, default=start + SEGMENT_MS)
        yield start, cut
        start = cut
    yield start, end
