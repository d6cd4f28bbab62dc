"""What there is to measure: the words, what was found in them, and how far both can be trusted."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sessions_app.speech.findings import Finding
from sessions_app.speech.tracks import Region, Track
from sessions_app.speech.words import Word


class WordTimes(StrEnum):
    """How far the times of words carry."""

    EXACT = "exact"  # each word where it is heard
    CUES = "cues"  # right to a subtitle cue, spread inside it
    SPREAD = "spread"  # only the stretches with speech are real
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Material:
    """One talk as `measure` sees it.

    `exact_words` is false for a draft, whose words are often wrong. `fillers_judged` is false
    where no language pack could judge. `sounds` are the filler labels that are no words ("um"),
    `filler_forms` all that a filler can look like, words and phrases in lower case.
    A track is `None` where it cannot be relied on; `duration_ms` is the recording's length.
    """

    words: tuple[Word, ...]
    findings: tuple[Finding, ...] = ()
    sentences: tuple[tuple[int, int], ...] = ()
    times: WordTimes = WordTimes.NONE
    exact_words: bool = True
    fillers_judged: bool = True
    sounds: frozenset[str] = frozenset()
    filler_forms: frozenset[str] = frozenset()
    duration_ms: int | None = None
    speech_regions: tuple[Region, ...] = ()
    loudness_dbfs: Track | None = None
    pitch_hz: Track | None = None
