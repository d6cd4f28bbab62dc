"""Stage 2: words with times, from the best source there is."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from sessions_app.stages.api_text import api_words
from sessions_app.stages.context import Check, RunContext
from sessions_app.stages.drafting import draft_words
from sessions_app.stages.outputs import MediaOutput, TranscriptionOutput
from sessions_app.stages.own_text import own_words
from sessions_app.stages.problems import InputProblem, Problem

_FEWEST_WORDS: Final = 2


def run(context: RunContext, check: Check) -> TranscriptionOutput:
    """The speaker's own transcript, else what the configured model hears, else a rough draft.

    `check` is called between steps of a second or two. Raises InputProblem: TRANSCRIPT_EMPTY,
    TRANSCRIPT_TOO_LONG, TRANSCRIPT_MISMATCH, DRAFT_LANGUAGE, NO_SPEECH, FILE_MISSING;
    StageProblem: TRANSCRIPTION_UNAVAILABLE; ModelAway; DraftInstead.
    """
    if context.talk.transcript_text.strip():
        return own_words(context, check)
    if context.media is None or context.audio_path is None:
        raise InputProblem(Problem.FILE_MISSING, "neither audio nor transcript")
    output = _heard(context, context.media, context.audio_path, check)
    if len(output.words) < _FEWEST_WORDS:
        raise InputProblem(Problem.NO_SPEECH, f"{len(output.words)} words")
    return output


def _heard(
    context: RunContext, media: MediaOutput, audio: Path, check: Check
) -> TranscriptionOutput:
    access = context.model
    if access is None or access.config.transcription is None or context.draft:
        return draft_words(context, media, audio, check)
    return api_words(context, access, media, audio, check)
