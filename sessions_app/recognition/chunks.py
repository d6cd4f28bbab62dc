"""Cuts a talk into chunks whose words are known, short enough to align."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from sessions_app.recognition.anchors import Anchor, PhraseIndex, best_chain
from sessions_app.recognition.listening import WINDOW_MS, Listener
from sessions_app.speech.tracks import Region

# A talk this short is aligned in one piece.
WHOLE_MS = 40_000
# One window in three is listened to at first; longer silences between anchors are filled in.
_STRIDE = 3
_LONG_GAP_MS = 75_000
# Stated times (cues, clock lines) are trusted to this; the cut goes to the nearest pause.
_SNAP_MS = 1_500
_STATED_CHUNK_MS = 20_000


@dataclass(frozen=True, slots=True)
class Chunk:
    """Tokens `[first, last)` are said somewhere in `[start_ms, end_ms)`."""

    first: int
    last: int
    start_ms: int
    end_ms: int


def _between(cuts: Sequence[tuple[int, int]], tokens: int, duration_ms: int) -> list[Chunk]:
    edges = [(0, 0), *cuts, (duration_ms, tokens)]
    return [
        Chunk(first, last, start, end)
        for (start, first), (end, last) in itertools.pairwise(edges)
        if last > first
    ]


def stated_chunks(
    starts: Sequence[tuple[int, int]], tokens: int, duration_ms: int, speech: Sequence[Region]
) -> list[Chunk]:
    """Chunks from stated times: `starts` are rising (ms, token) pairs."""
    cuts: list[tuple[int, int]] = []
    last = 0
    for time, token in starts:
        if time - last < _STATED_CHUNK_MS or not 0 < token < tokens or time >= duration_ms:
            continue
        last = max(last, _nearest_pause(time, speech))
        cuts.append((last, token))
    return _between(cuts, tokens, duration_ms)


def _nearest_pause(time: int, speech: Sequence[Region]) -> int:
    pauses = [(a.end_ms + b.start_ms) // 2 for a, b in itertools.pairwise(speech)]
    nearest = min(pauses, key=lambda pause: abs(pause - time), default=time)
    return nearest if abs(nearest - time) <= _SNAP_MS else time


def anchored_chunks(listener: Listener, tokens: Sequence[str], duration_ms: int) -> list[Chunk]:
    """Chunks between anchors; few anchors mean long chunks, none a single one."""
    index = PhraseIndex(tokens)
    windows = -(-duration_ms // WINDOW_MS)
    found = _find(index, listener, range(0, windows, _STRIDE))
    chain = best_chain(found)
    missed = [
        number
        for number in range(windows)
        if number % _STRIDE and _in_long_gap(number * WINDOW_MS, chain, duration_ms)
    ]
    if missed:
        chain = best_chain(found + _find(index, listener, missed))
    return _between([anchor.widest_pause() for anchor in chain], len(tokens), duration_ms)


def _find(index: PhraseIndex, listener: Listener, windows: Sequence[int]) -> list[Anchor]:
    return [anchor for number in windows for anchor in index.anchors(listener.window(number))]


def _in_long_gap(time: int, chain: Sequence[Anchor], duration_ms: int) -> bool:
    edges = [0, *(anchor.start_ms for anchor in chain), duration_ms]
    return any(a <= time < b and b - a > _LONG_GAP_MS for a, b in itertools.pairwise(edges))
