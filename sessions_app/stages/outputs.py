"""What each stage hands on: frozen, typed, and storable."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sessions_app.coaching.agreement import Agreement
from sessions_app.coaching.schemas import Coaching, ContentReview
from sessions_app.speech.corrections import Correction
from sessions_app.speech.findings import Finding
from sessions_app.speech.metrics import Metrics
from sessions_app.speech.pieces import Piece
from sessions_app.speech.relevance import Relevance
from sessions_app.speech.scores import Scores
from sessions_app.speech.tracks import Region, Track
from sessions_app.speech.words import Word


class StageName(StrEnum):
    MEDIA = "media"
    TRANSCRIPTION = "transcription"
    RULES = "rules"
    REFINEMENT = "refinement"
    SCORING = "scoring"
    EMBEDDINGS = "embeddings"  # a job of its own after the run, at low priority


class Mode(StrEnum):
    PARALLEL = "parallel"
    SEQUENTIAL = "sequential"
    RULE_BASED = "rule_based"


class TextSource(StrEnum):
    OWN = "own"  # the speaker's transcript: exact words
    API = "api"  # written by the configured model: exact words
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
    HESITATIONS_DROPPED = "hesitations_dropped"  # the engine is known to leave out um and uh
    REVIEW_MISSING = "review_missing"  # the content review could not be had
    REVIEW_OFF = "review_off"  # nobody was asked to review the content, by choice
    WINDOWS_MISSING = "windows_missing"  # in places only the rules looked for fillers
    NO_PACK = "no_pack"  # no language pack: fillers and hedges are not judged


class Rung(StrEnum):
    """Where a step of the ladder leads from and to: the modes, and the sources of text."""

    API = "api"
    DRAFT = "draft"
    PARALLEL = "parallel"
    SEQUENTIAL = "sequential"
    RULE_BASED = "rule_based"


@dataclass(frozen=True, slots=True)
class StepDown:
    """`reason` is an `ai.errors.Outcome`, or "limit" when the rung's own time was over.

    `detail` is for staff.
    """

    left: Rung
    entered: Rung
    reason: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class MediaOutput:
    """A decoded recording. `audio_name` is the stored 16 kHz mono FLAC, `copy_name` the copy that
    takes the place of a source in which players do not find their way; `pieces` are how it is cut
    for a server to transcribe.
    """

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
    pieces: tuple[Piece, ...]
    snr_db: float | None = None
    caveats: tuple[Caveat, ...] = ()
    copy_name: str = ""


LONGEST_ENGINE = 60
"""Characters that a stored transcript has room for."""


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
class WindowFacts:
    """How the second reading of the words went: windows asked and left unanswered, and answers
    that pointed at nothing, or that were not sure enough, and so were dropped.
    """

    total: int
    missing: int
    unresolved: int
    unsure: int


@dataclass(frozen=True, slots=True)
class RefinementOutput:
    """The coaching, and the rung of the ladder that wrote it.

    `findings` are all findings after the second reading; `None` where only the rules read.
    `agreement` is `None` where nothing was compared. `regenerated` says that the coaching shown
    was written anew from the findings of the second reading.
    """

    mode: Mode
    coaching: Coaching
    findings: tuple[Finding, ...] | None = None
    review: ContentReview | None = None
    agreement: Agreement | None = None
    regenerated: bool = False
    windows: WindowFacts | None = None
    steps_down: tuple[StepDown, ...] = ()
    caveats: tuple[Caveat, ...] = ()


@dataclass(frozen=True, slots=True)
class ScoringOutput:
    """`findings` are all findings with the speaker's corrections, `None` where there are none.

    `corrections` are those that could be applied, by the words of this run. `sentences` are those
    of the words as edited, `None` where no word was. `coaching` is that of the talk as corrected,
    `None` where nothing was. `relevance` is `None` without a prompt, or
    where the talk cannot be held against it.
    """

    metrics: Metrics
    scores: Scores
    findings: tuple[Finding, ...] | None = None
    corrections: tuple[Correction, ...] = ()
    relevance: Relevance | None = None
    sentences: tuple[tuple[int, int], ...] | None = None
    coaching: Coaching | None = None


@dataclass(frozen=True, slots=True)
class PassageVector:
    """Words `[start_word, end_word)` and where their meaning lies; `start_ms` where known."""

    start_word: int
    end_word: int
    text: str
    start_ms: int | None
    vector: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class EmbeddingsOutput:
    """Vectors of different models cannot be compared: `model` made all of these."""

    model: str
    passages: tuple[PassageVector, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """A passage, by its first word, and the `earlier` one nearest to it, by their cosine."""

    start_word: int
    earlier: int
    similarity: float
