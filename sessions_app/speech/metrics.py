"""The measures of one talk. What could not be measured is `None`, never 0."""

from __future__ import annotations

from dataclasses import dataclass

FORMULA_VERSION = "2"


@dataclass(frozen=True, slots=True)
class PaceWindow:
    """Words per minute of speaking time between two moments of the recording."""

    start_ms: int
    end_ms: int
    wpm: float


@dataclass(frozen=True, slots=True)
class LabelCount:
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class PauseCounts:
    """Silences inside the speaker's turns, by length; `mid_sentence` cuts across the classes.

    `mid_sentence` is `None` where the words carry no punctuation to tell sentences by.
    """

    good: int
    acceptable: int
    long: int
    very_long: int
    mid_sentence: int | None


@dataclass(frozen=True, slots=True)
class Metrics:
    """Measures of one talk; units are in the names.

    `wpm` counts words per minute of speaking time, `wpm_total` per minute from first to last word.
    `fillers_total` counts what stands after review and is `None` where the words are a draft;
    `filler_sounds` is the part of it that are sounds ("um") rather than words ("like").
    Loudness describes stretches with speech, pitch the voiced frames in them;
    `pitch_range_semitones` is p10 to p90.
    """

    formula_version: str
    duration_ms: int | None
    speaking_ms: int | None
    word_count: int
    wpm: float | None
    wpm_total: float | None
    pace_windows: tuple[PaceWindow, ...]
    pace_variation: float | None
    fillers_total: int | None
    fillers_possible: int
    fillers_per_minute: float | None
    fillers_by_label: tuple[LabelCount, ...]
    filler_clusters: int | None
    pauses: PauseCounts | None
    longest_pause_ms: int | None
    repetitions: int | None
    hedges: int | None
    loudness_mean_dbfs: float | None
    loudness_sd_db: float | None
    pitch_median_hz: float | None
    pitch_range_semitones: float | None
    monotone: bool | None
    vocabulary_variety: float | None
    sentence_words_mean: float | None
    filler_sounds: int | None = None
