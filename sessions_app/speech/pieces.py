"""A stretch of a recording that is transcribed by itself."""

from __future__ import annotations

from dataclasses import dataclass

from sessions_app.speech.tracks import Region


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
