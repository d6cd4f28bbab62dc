"""Words of a rough draft, made from the recording on this machine."""

from __future__ import annotations

from pathlib import Path

from sessions_app.recognition.draft import draft
from sessions_app.recognition.engine import NAME, knows_language
from sessions_app.recognition.pcm import open_recording
from sessions_app.stages.context import Check, RunContext
from sessions_app.stages.outputs import Caveat, MediaOutput, TextSource, Timing, TranscriptionOutput
from sessions_app.stages.problems import InputProblem, Problem


def draft_words(
    context: RunContext, media: MediaOutput, audio: Path, check: Check
) -> TranscriptionOutput:
    """`check` is called every second or two. Raises InputProblem: DRAFT_LANGUAGE."""
    language = context.talk.language
    if not knows_language(language):
        raise InputProblem(Problem.DRAFT_LANGUAGE, language)
    with open_recording(audio, context.workdir, check) as recording:
        words = draft(recording, media.speech_regions, media.cut_points_ms, check)
    caveats = (Caveat.DRAFT_TEXT,)
    return TranscriptionOutput(
        words, TextSource.DRAFT, Timing.RECOGNISED, language, f"{NAME} draft", caveats
    )
