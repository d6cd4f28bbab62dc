"""Why a stage could not do its work, named for what happens next.

StageProblem        the run fails; its speaker is told what to do
└── InputProblem    the recording or transcript must change before a retry can help
ModelAway           no failure: the run waits for the model and takes the stage up again
DraftInstead        no failure: the run goes on in the queue for rough drafts
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the decoding child has no use for all that outputs are made of
    from sessions_app.stages.outputs import StepDown


class Problem(StrEnum):
    """The codes a run can fail with; `sessions_app.messages` has a sentence for each."""

    EMPTY_FILE = "empty_file"
    NOT_MEDIA = "not_media"
    FORMAT_NOT_ACCEPTED = "format_not_accepted"
    NO_AUDIO = "no_audio"
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    TOO_LARGE = "too_large"
    TOO_MANY_CHANNELS = "too_many_channels"
    FORMAT_CHANGED = "format_changed"
    DAMAGED = "damaged"
    DECODER_LIMIT = "decoder_limit"
    SILENT = "silent"
    NO_SPEECH = "no_speech"
    FILE_MISSING = "file_missing"
    DRAFT_LANGUAGE = "draft_language"
    TRANSCRIPTION_UNAVAILABLE = "transcription_unavailable"  # no answer, and no draft to make
    TRANSCRIPT_EMPTY = "transcript_empty"
    TRANSCRIPT_UNREADABLE = "transcript_unreadable"
    TRANSCRIPT_TOO_LONG = "transcript_too_long"
    TRANSCRIPT_MISMATCH = "transcript_mismatch"
    RUN_DEADLINE = "run_deadline"
    STORAGE = "storage"


class StageProblem(Exception):
    """Carries a code for the speaker and a detail for staff (never transcript text)."""

    def __init__(self, problem: Problem, detail: str = "") -> None:
        super().__init__(f"{problem}: {detail}" if detail else str(problem))
        self.problem = problem
        self.detail = detail


class InputProblem(StageProblem):
    """The input must change: trying again with the same file gives the same answer."""


class ModelAway(Exception):
    """`reason` is an `ai.errors.Outcome`; `retry_after` seconds where the server gave some."""

    def __init__(self, reason: str, retry_after: float | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.retry_after = retry_after


class DraftInstead(Exception):
    """The model cannot transcribe this talk: a rough draft has to do."""

    def __init__(self, step: StepDown) -> None:
        super().__init__(step.reason)
        self.step = step
