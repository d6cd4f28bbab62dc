"""Words fitted to the speech in which they are said.

In noise a pause can sound to the engine like a long first or last consonant, and a soft consonant
like a pause. Where the recording itself tells speech from silence, it knows better.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from sessions_app.recognition.spreading import Span
from sessions_app.speech.tracks import Region

# No sound of a word is silent for so long: closures last up to 180 ms. What belongs to a word
# and was left out of it is no longer than that either.
_SILENT_MS = 250
# Engine and level are both right to some 30 ms in a quiet recording: no more is no difference.
_SURE_MS = 50


def fitted(spans: Sequence[Span | None], speech: Sequence[Region]) -> list[Span | None]:
    """A word that lasts over a silence keeps the side on which more of it is heard, and beside a
    pause it lasts to the edge of the speech it is in. Words without a time stay so.

    Spans rise and `speech` is in order; so are the spans that come back.
    """
    held = [span and _without_silence(span, speech) for span in spans]
    known = [index for index, span in enumerate(held) if span is not None]
    for before, after in pairwise(known):
        left, right = held[before], held[after]
        if left and right and after == before + 1 and right[0] - left[1] >= _SILENT_MS:
            held[before], held[after] = _to_the_edges(left, right, speech)
    return held


def _without_silence(span: Span, speech: Sequence[Region]) -> Span:
    start, end = span
    heard = [
        (max(region.start_ms, start), min(region.end_ms, end))
        for region in speech[_first_after(start, speech) :]
        if region.start_ms < end
    ]
    if not heard:
        return span
    edges = [start, *(edge for part in heard for edge in part), end]
    silences = zip(edges[::2], edges[1::2], strict=True)
    if all(last - first < _SILENT_MS for first, last in silences):
        return span
    return max(heard, key=lambda part: part[1] - part[0])


def _to_the_edges(left: Span, right: Span, speech: Sequence[Region]) -> tuple[Span, Span]:
    """Speech that goes on after the left word or begins before the right one is theirs."""
    first, last = left[1], right[0]
    for region in speech[_first_after(first - 1, speech) :]:
        if region.start_ms > last:
            break
        if region.start_ms <= left[1] < region.end_ms - _SURE_MS < right[0] - _SURE_MS:
            first = min(region.end_ms, left[1] + _SILENT_MS)
        elif left[1] < region.start_ms < right[0] - _SURE_MS < region.end_ms:
            last = max(region.start_ms, right[0] - _SILENT_MS)
    return (left[0], first), (max(first, last), right[1])


def _first_after(time: int, speech: Sequence[Region]) -> int:
    """Index of the first region that ends after `time`."""
    return bisect_right(speech, time, key=lambda region: region.end_ms)
