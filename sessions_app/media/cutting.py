"""Cuts a recording into pieces for a server to transcribe, while it is still being decoded."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np

from sessions_app.media.cuts import quietest
from sessions_app.media.levels import STEP_MS, LevelMeter, Levels, dbfs
from sessions_app.media.ranks import quantile
from sessions_app.media.regions import Span, speech_spans
from sessions_app.speech.pieces import Piece
from sessions_app.speech.tracks import Region

SHORTEST_MS: Final = 24_000
"""Recognisers lean on what was said before; below this their words get worse."""

LONGEST_MS: Final = 70_000
"""What nobody has to wait for: a server takes about two seconds for it."""

_SEARCHED_MS: Final = 10_000
"""The end of a piece in which the widest pause is looked for."""
_AFTER_MS: Final = 4_000
"""Of that, what lies beyond the wanted end."""
_LEAST_SEARCHED_MS: Final = 2_000
_SHARE: Final = 0.11
"""Of what is left, a piece has so much more than the shortest: it then takes a server about as much
less time as it leaves later, also where decoding is slow."""
_NEARLY_OVER_MS: Final = 90_000
"""Of what is left; from here on it is divided into equal parts."""
_LAST_MS: Final = 25_000
"""Of these parts, at least."""
_BEFORE_MS: Final = 120_000
"""Of the sound before a piece, so that a quiet one is judged by the same standard."""
_NARROWEST_MS: Final = 100
_LOUD_DBFS: Final = -45.0
"""Speech is found by the quiet around it. Sound of this level without any may be speech: better
sent in vain than left out."""


class PieceCutter:
    """Pieces in order, as soon as their sound is there; the same sound gives the same pieces.

    Pieces are 24–70 s and get shorter and shorter, so that a server is done with the last one,
    which leaves when all else is under way, about as soon as with the first. `expected_ms` may be
    wrong: then pieces are longer or shorter than wanted, never longer than 70 s, and only the
    last may be shorter than 24 s.
    """

    def __init__(self, expected_ms: int, meter: LevelMeter) -> None:
        self._expected_ms = expected_ms
        self._meter = meter
        self._at = 0
        self._clean = True

    def complete(self, decoded_ms: int) -> Iterator[Piece]:
        """Those that end before `decoded_ms`, up to which the meter was fed."""
        while (last := self._latest(decoded_ms)) is not None and last <= decoded_ms:
            yield self._cut(max(self._at + SHORTEST_MS, last - _SEARCHED_MS), last)

    def rest(self, duration_ms: int) -> Iterator[Piece]:
        """The end of the recording; nothing where there is nothing left."""
        yield from self.complete(duration_ms)
        if duration_ms > self._at:
            spans = self._spans(duration_ms)
            yield self._piece(duration_ms, spans)

    def _latest(self, decoded_ms: int) -> int | None:
        """Up to where the next piece may go; `None` where what is left makes one piece."""
        left = max(self._expected_ms, decoded_ms) - self._at
        if left < 2 * SHORTEST_MS + _LEAST_SEARCHED_MS:
            return None
        return self._at + min(_wanted(left), left - SHORTEST_MS, LONGEST_MS)

    def _cut(self, first: int, last: int) -> Piece:
        """Ends in the middle of the widest pause, else at the quietest moment."""
        spans = self._spans(last)
        pause = _widest_pause(spans, first, last)
        end = sum(pause) // 2 if pause else quietest(self._levels(), first, last)
        piece = self._piece(end, spans)
        self._at, self._clean = end, pause is not None
        return piece

    def _piece(self, end: int, spans: list[Span]) -> Piece:
        start = self._at
        speech = (
            Region(max(a, start) - start, min(b, end) - start)
            for a, b in spans
            if a < end and b > start
        )
        return Piece(start, end, tuple(speech), self._clean)

    def _spans(self, end: int) -> list[Span]:
        """Milliseconds of speech up to `end`, at least of this piece."""
        first = max(0, self._at - _BEFORE_MS)
        stretch = self._levels()[first // STEP_MS : end // STEP_MS]
        spans = speech_spans(stretch)
        if not spans and stretch.size and quantile(stretch, 0.5) >= _LOUD_DBFS:
            spans = [(0, stretch.size)]
        return [(first + a * STEP_MS, first + b * STEP_MS) for a, b in spans]

    def _levels(self) -> Levels:
        return dbfs(self._meter.powers())


def _wanted(left: int) -> int:
    """At most so much next."""
    if left >= _NEARLY_OVER_MS:
        wanted = int(SHORTEST_MS + _SHARE * (left - SHORTEST_MS))
    else:
        wanted = left // max(2, left // _LAST_MS)  # equal parts
    return wanted + _AFTER_MS


def _widest_pause(spans: list[Span], first: int, last: int) -> Span | None:
    """Between `first` and `last`; the later one of two as wide."""
    edges = np.array([first, *(edge for span in spans for edge in span), last])
    edges = np.clip(edges, first, last).reshape(-1, 2)
    widths = edges[:, 1] - edges[:, 0]
    at = len(edges) - 1 - int(np.argmax(widths[::-1]))
    if widths[at] < _NARROWEST_MS:
        return None
    return int(edges[at, 0]), int(edges[at, 1])
