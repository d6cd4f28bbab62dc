"""Runs of the rules stage for tests."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sessions_app.speech.findings import Finding
from sessions_app.speech.words import Word
from sessions_app.stages import rules
from sessions_app.stages.context import Limits, RunContext, Talk
from sessions_app.stages.outputs import RulesOutput, TextSource, Timing, TranscriptionOutput
from tests.sessions_app.speech.said import said


def context(
    words: Sequence[Word],
    *,
    language: str = "en",
    source: TextSource = TextSource.OWN,
    timing: Timing = Timing.NONE,
    target_wpm: int | None = None,
) -> RunContext:
    talk = Talk("A talk", language, "presentation", None, target_wpm, None, "", "", "")
    spoken = TranscriptionOutput(tuple(words), source, timing, language, "test")
    return RunContext(talk, Limits(1, 1, 1, 1, 1), Path(), transcription=spoken)


def run(
    words: Sequence[Word],
    *,
    language: str = "en",
    source: TextSource = TextSource.OWN,
    timing: Timing = Timing.NONE,
    target_wpm: int | None = None,
) -> RulesOutput:
    given = context(words, language=language, source=source, timing=timing, target_wpm=target_wpm)
    output = rules.run(given, lambda: None)
    assert output is not None
    return output


def findings(text: str, *, language: str = "en") -> tuple[Finding, ...]:
    return run(said(text), language=language).findings
