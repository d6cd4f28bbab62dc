"""What each stage hands on: frozen, typed, and storable."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sessions_app.coaching.schemas import Coaching
from sessions_app.speech.findings import Finding
from sessions_app.speech.metrics import Metrics
from sessions_app.speech.scores import Scores
from sessions_app.speech.tracks import Region, Track
from sessions_app.speech.words import Word


class StageName(StrEnum):
    MEDIA = "media"
    TRANSCRIPTION = "transcription"
    RULES = "rules"
    REFINEMENT = "refinement"
    SCORING = "scoring"


class Mode(StrEnum):
    PARALLEL = "parallel"
    SEQUENTIAL = "sequential"
    RULE_BASED = "rule_based"


class TextSource(StrEnum):
    OWN = "own"  # the speaker's transcript: exact words
    DRAFT = "draft"  # offline recogniser: a third of the words are wrong


class Timing(StrEnum):
    """How far the times of words may be trusted."""

    ALIGNED = "aligned"  # forced alignment with the audio
    RECOGNISED = "recognised"  # the recogniser's own times
    CUES = "cues"  # interpolated inside subtitle cues
    APPROXIMATE = "approximate"  # spread over the stretches with speech
    NONE = "none"


class Caveat(StrEnum):
    """Things the report must say beside its numbers."""

    TRUNCATED = "truncated"  # the file ends before its header says
    DECODE_ERRORS = "decode_errors"  # damaged parts were skipped
    NOISY = "noisy"
    CLIPPED = "clipped"
    DRAFT_TEXT = "draft_text"
    TIMES_APPROXIMATE = "times_approximate"
    NO_TIMES = "no_times"
    TRANSCRIPT_DIFFERS = "transcript_differs"  # parts of it could not be found in the audio
    TRANSCRIPT_MISMATCHED = "transcript_mismatched"  # hardly any of it was: times are dropped
    NO_PACK = "no_pack"  # no language pack: fillers and hedges are not judged


@dataclass(frozen=True, slots=True)
class MediaOutput:
    """A decoded recording. `audio_name` is the stored 16 kHz mono FLAC."""

    duration_ms: int
    claimed_duration_ms: int | None
    container: str
    codec: str
    sample_rate: int
    channels: int
    audio_name: str
    loudness_dbfs: Track
    pitch_hz: Track
    speech_regions: tuple[Region, ...]
    cut_points_ms: tuple[int, ...]
    snr_db: float | None = None
    caveats: tuple[Caveat, ...] = ()


@dataclass(frozen=True, slots=True)
class TranscriptionOutput:
    """Words of the speaker only; `engine` names what wrote the words or timed them."""

    words: tuple[Word, ...]
    source: TextSource
    timing: Timing
    language: str
    engine: str
    caveats: tuple[Caveat, ...] = ()


@dataclass(frozen=True, slots=True)
class RulesOutput:
    """`sentences` are half-open word ranges that cover all words in order."""

    findings: tuple[Finding, ...]
    sentences: tuple[tuple[int, int], ...]
    caveats: tuple[Caveat, ...] = ()


@dataclass(frozen=True, slots=True)
class RefinementOutput:
    """The coaching, and the rung of the ladder that wrote it."""

    mode: Mode
    coaching: Coaching


@dataclass(frozen=True, slots=True)
class ScoringOutput:
    metrics: Metrics
    scores: Scores
