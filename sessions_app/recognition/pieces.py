"""Cuts a recording into pieces that a server transcribes at the same time."""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from sessions_app.speech.tracks import Region

SHORTEST_MS: Final = 24_000
"""Recognisers lean on what was said before; below this their words get worse."""

LONGEST_MS: Final = 70_000
"""What nobody has to wait for: a server takes about two seconds for it."""

_PIECES_LEFT: Final = 4


@dataclass(frozen=True, slots=True)
class Piece:
    """`[start_ms, end_ms)` of a recording; `speech` is counted from the start of the piece.

    `clean_start`: nobody speaks where the piece was cut from the one before it.
    """

    start_ms: int
    end_ms: int
    speech: tuple[Region, ...]
    clean_start: bool = True

    @property
    def duration_ms(self) -> int:
        return self.end_ms - self.start_ms


def pieces(duration_ms: int, cuts: Sequence[int], speech: Sequence[Region]) -> tuple[Piece, ...]:
    """All of the recording in order, each piece 24–70 s long; a shorter recording is one piece.

    `cuts` are rising moments at which it may be cut. Pieces get shorter towards the end, so
    that the last one is not what everybody waits for. Where two cuts lie more than 20 s apart
    and nothing fits, the cut falls where it may.
    """
    edges = [0, *_edges(duration_ms, cuts, speech), duration_ms]
    return tuple(
        Piece(start, end, _within(start, end, speech), not _spoken_at(start, speech))
        for start, end in itertools.pairwise(edges)
        if end > start
    )


def _edges(duration_ms: int, cuts: Sequence[int], speech: Sequence[Region]) -> Iterator[int]:
    at = 0
    while (rest := duration_ms - at) >= 2 * SHORTEST_MS:
        wanted = at + min(max(rest // _PIECES_LEFT, SHORTEST_MS), LONGEST_MS)
        first, last = at + SHORTEST_MS, min(at + LONGEST_MS, duration_ms - SHORTEST_MS)
        fitting = [cut for cut in cuts if first <= cut <= last]
        if not fitting and rest <= LONGEST_MS:
            return
        ranks = {cut: _rank(cut, wanted, speech) for cut in fitting}
        at = min(ranks, key=ranks.__getitem__, default=wanted)
        yield at


def _rank(cut: int, wanted: int, speech: Sequence[Region]) -> tuple[bool, int]:
    """A pause farther away is better than a cut into speech nearby."""
    return _spoken_at(cut, speech), abs(cut - wanted)


def _spoken_at(time: int, speech: Sequence[Region]) -> bool:
    before = bisect_left(speech, time, key=lambda region: region.start_ms)
    return before > 0 and time < speech[before - 1].end_ms


def _within(start: int, end: int, speech: Sequence[Region]) -> tuple[Region, ...]:
    return tuple(
        Region(max(region.start_ms, start) - start, min(region.end_ms, end) - start)
        for region in speech
        if region.start_ms < end and region.end_ms > start
    )
