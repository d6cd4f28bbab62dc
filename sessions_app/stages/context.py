"""Everything a stage may know about a run, as plain data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ai.config import Config
from ai.ledger import Books, Subject
from sessions_app.speech.corrections import Correction
from sessions_app.speech.metrics import Metrics
from sessions_app.stages.outputs import (
    MediaOutput,
    RefinementOutput,
    RulesOutput,
    ScoringOutput,
    StageName,
    TranscriptionOutput,
)

if TYPE_CHECKING:  # they are made of what is here
    from sessions_app.stages.conversing import Conversation
    from sessions_app.stages.hearing import Hearing

StageOutput = MediaOutput | TranscriptionOutput | RulesOutput | RefinementOutput | ScoringOutput

Check = Callable[[], None]
"""Called by long stages between two steps; raises when the run has to stop here."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on one talk; the settings of the same names give the values."""

    max_bytes: int
    max_minutes: int
    min_sound_ms: int
    decoder_memory_mb: int
    decoder_seconds: int


@dataclass(frozen=True, slots=True)
class Talk:
    """What the speaker told us. Paths are local; `None` where there is no such input."""

    title: str
    language: str
    kind: str
    target_seconds: int | None
    target_wpm: int | None
    media_path: Path | None
    transcript_text: str
    transcript_format: str  # "txt", "srt" or "vtt"; "" without a transcript
    speaker: str  # whose words count in a transcript with several speakers
    prompt: str = ""  # what they set out to practise


@dataclass(frozen=True, slots=True)
class Plan:
    """How the hybrid works in this run: flags and settings as they were when it began.

    Times in seconds. `coaching_only`: the earlier verdicts stay, only the coaching is asked anew.
    """

    parallel: bool = True
    threshold: float = 0.20
    parallel_seconds: float = 120.0
    regeneration_seconds: float = 60.0
    sequential_seconds: float = 180.0
    coaching_only: bool = False
    windowed: bool = True  # the words are read in windows, else all in one call
    content_review: bool = True
    audio_format: str = "flac"  # of what is sent to be transcribed: "flac" or "mp3"


@dataclass(frozen=True, slots=True)
class ModelAccess:
    """The way to the model, for one run.

    `waits` says that a model that is away is to be waited for; without it the ladder goes down.
    `conversation`: one that is open for all stages of a run, where there is one.
    """

    config: Config
    subject: Subject
    books: Callable[[], Books]
    plan: Plan = Plan()
    waits: bool = False
    conversation: Conversation | None = None


@dataclass(frozen=True, slots=True)
class RunContext:
    """One run as its stages see it: the talk and the outputs so far.

    `model` is `None` where none is configured. `draft`: the words are to be drafted on this
    machine, whatever is configured. `hearing` takes pieces of the recording while it is decoded,
    where it is to be transcribed by the model.
    """

    talk: Talk
    limits: Limits
    workdir: Path
    media: MediaOutput | None = None
    audio_path: Path | None = None  # local copy of `media.audio_name`
    transcription: TranscriptionOutput | None = None
    rules: RulesOutput | None = None
    refinement: RefinementOutput | None = None
    scoring: ScoringOutput | None = None
    history: tuple[Metrics, ...] = ()  # the owner's earlier talks, oldest first
    model: ModelAccess | None = None
    draft: bool = False
    hearing: Hearing | None = None
    corrections: tuple[Correction, ...] = ()  # those that stand, by the words of this run

    def with_output(self, stage: StageName, output: StageOutput | None) -> RunContext:
        changes: dict[str, Any] = {stage.value: output}
        return replace(self, **changes)
