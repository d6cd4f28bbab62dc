"""Runs up to the rules, for the stages that come after them."""

from __future__ import annotations

from pathlib import Path

from sessions_app.speech.findings import Finding, FindingKind
from sessions_app.speech.tracks import Region, Track
from sessions_app.speech.words import Word
from sessions_app.stages.context import Limits, RunContext, Talk
from sessions_app.stages.outputs import (
    Caveat,
    MediaOutput,
    RulesOutput,
    TextSource,
    Timing,
    TranscriptionOutput,
)

WORDS = 100


def media(*caveats: Caveat) -> MediaOutput:
    return MediaOutput(
        duration_ms=42_000,
        claimed_duration_ms=None,
        container="wav",
        codec="pcm_s16le",
        sample_rate=16_000,
        channels=1,
        audio_name="",
        loudness_dbfs=Track(100, (-20.0, -24.0) * 210),
        pitch_hz=Track(100, (110.0, 118.0, None) * 140),
        speech_regions=(Region(0, 41_000),),
        cut_points_ms=(),
        pieces=(),
        caveats=caveats,
    )


def run_of(
    *,
    source: TextSource = TextSource.OWN,
    timing: Timing = Timing.ALIGNED,
    recording: MediaOutput | None = None,
    language: str = "en",
    caveats: tuple[Caveat, ...] = (),
    target_wpm: int | None = None,
) -> RunContext:
    """A hundred words at 150 a minute, every tenth of them "um"."""
    timed = timing is not Timing.NONE
    words = tuple(
        Word(
            "um" if index % 10 == 0 else f"word{index}" + "." * (index % 10 == 9),
            index * 400 if timed else None,
            index * 400 + 400 if timed else None,
        )
        for index in range(WORDS)
    )
    findings = tuple(
        Finding(FindingKind.FILLER, "um", "um", index, index + 1) for index in range(0, WORDS, 10)
    )
    return RunContext(
        talk=Talk("Talk", language, "presentation", None, target_wpm, None, "", "", ""),
        limits=Limits(1, 1, 1, 1, 1),
        workdir=Path(),
        media=recording,
        transcription=TranscriptionOutput(words, source, timing, language, "test"),
        rules=RulesOutput(findings, tuple((at, at + 10) for at in range(0, WORDS, 10)), caveats),
    )


def go_on() -> None:
    """A check that never stops the run."""
