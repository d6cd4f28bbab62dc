"""What measures are held against. `docs/scoring.md` gives the source of each."""

from __future__ import annotations

from dataclasses import dataclass

FILLERS_PER_MINUTE = 5.0
"""Up to here listeners' ratings do not suffer measurably; at 12 they do (Laske et al. 2024)."""

FILLER_HARM = 12.0
"""Fillers per minute at which ratings suffered in the same study."""

MONOTONE_SEMITONES = 5.0
"""Pitch range p10–p90 below which a voice is flagged as monotone.

The flattest of twenty presenters varied by 0.11 of mean pitch (Hincks 2004): a standard
deviation of 12·log2(1.11) = 1.8 semitones, which spans 4.6 from p10 to p90 if normal.
"""

LIVELY_SEMITONES = 10.0
"""The liveliest of the same presenters: 0.235 of mean pitch, 3.7 semitones, 9.4 from p10 to p90."""

SENTENCE_WORDS = 22.0
"""Mean sentence length above which listeners lose the thread; a choice of ours."""

VOCABULARY_VARIETY = 0.70
"""Share of different words in a window of fifty that sounds varied; a choice of ours."""


@dataclass(frozen=True, slots=True)
class PaceNorm:
    """Words per minute: comfortable from `low` to `high`, flagged below `slow`, above `fast`."""

    slow: float
    low: float
    high: float
    fast: float


COMFORTABLE = PaceNorm(slow=100, low=110, high=165, fast=190)


def pace_norm(target_wpm: int | None) -> PaceNorm:
    """The speaker's own target ±10 and ±30 where there is one, else the general norm."""
    if target_wpm is None:
        return COMFORTABLE
    return PaceNorm(target_wpm - 30, target_wpm - 10, target_wpm + 10, target_wpm + 30)
