"""The word: the unit everything in a report points to."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Word:
    """One spoken word, punctuation attached as written.

    Times are milliseconds from the start of the recording, `None` where they are not known.
    `confidence` is 0–1 from the recogniser, `None` where nobody measured it.
    `turn` counts the speaker's turns: silence between two turns is somebody else speaking.
    """

    text: str
    start_ms: int | None = None
    end_ms: int | None = None
    confidence: float | None = None
    turn: int = 0
