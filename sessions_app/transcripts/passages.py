"""A transcript as it was given: who said what, and when if it says so."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Passage:
    """A subtitle cue, a speaker's paragraph or a whole text.

    `speaker` is empty where nobody is named. Times are milliseconds from the start of the
    recording; a passage may know its start alone.
    """

    text: str
    speaker: str = ""
    start_ms: int | None = None
    end_ms: int | None = None


@dataclass(frozen=True, slots=True)
class ParsedTranscript:
    """Passages in spoken order, free of markup and sound markers; none is empty."""

    passages: tuple[Passage, ...]

    @property
    def speakers(self) -> tuple[str, ...]:
        """Distinct names in order of appearance."""
        return tuple(dict.fromkeys(p.speaker for p in self.passages if p.speaker))

    @property
    def timed(self) -> bool:
        """Whether every passage knows its start."""
        return bool(self.passages) and all(p.start_ms is not None for p in self.passages)
