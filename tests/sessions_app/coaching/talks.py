"""Talks made to order: what a test does not name is inconspicuous."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from sessions_app.coaching.situation import Situation
from sessions_app.speech.findings import Finding, FindingKind
from sessions_app.speech.metrics import LabelCount, Metrics, PaceWindow, PauseCounts
from sessions_app.speech.scores import score
from sessions_app.speech.words import Word
from tests.sessions_app.speech.measured import a_minute

WORDS = 150
STEP_MS = 400
QUIET = a_minute(
    word_count=WORDS,
    duration_ms=60_000,
    wpm=150.0,
    wpm_total=148.0,
    pace_windows=tuple(
        PaceWindow(start, start + 15_000, 150.0) for start in range(0, 60_000, 15_000)
    ),
    pace_variation=0.2,
    fillers_total=2,
    filler_sounds=2,
    fillers_per_minute=2.0,
    fillers_by_label=(LabelCount("um", 2),),
    filler_clusters=0,
    pauses=PauseCounts(10, 1, 0, 0, 0),
    longest_pause_ms=900,
    repetitions=1,
    hedges=1,
    pitch_median_hz=120.0,
    pitch_range_semitones=9.0,
    monotone=False,
    vocabulary_variety=0.75,
    sentence_words_mean=15.0,
)


def spoken(*, title: str = "word", timed: bool = True) -> tuple[Word, ...]:
    return tuple(
        Word(f"{title}-{index}", index * STEP_MS, index * STEP_MS + 300)
        if timed
        else Word(f"{title}-{index}")
        for index in range(WORDS)
    )


def talk(
    findings: Iterable[Finding] = (),
    *,
    words: tuple[Word, ...] = (),
    history: tuple[Metrics, ...] = (),
    language: str = "en",
    exact_words: bool = True,
    target_seconds: int | None = None,
    **known: Any,
) -> Situation:
    metrics = replace(QUIET, **known)
    return Situation(
        language=language,
        words=words or spoken(),
        findings=tuple(findings),
        sentences=tuple((start, start + 15) for start in range(0, WORDS, 15)),
        metrics=metrics,
        scores=score(metrics),
        history=history,
        exact_words=exact_words,
        target_seconds=target_seconds,
        sounds=frozenset({"um", "uh"}),
    )


def found(kind: FindingKind, label: str, *places: int, size: int = 1) -> tuple[Finding, ...]:
    return tuple(Finding(kind, label, label, place, place + size) for place in places)


def fillers(label: str, *places: int) -> tuple[Finding, ...]:
    return found(FindingKind.FILLER, label, *places)


def with_fillers(label: str = "um", count: int = 12, **more: Any) -> Situation:
    """A minute with `count` fillers of one label, evenly placed."""
    places = range(5, WORDS, WORDS // count)
    sounds = count if label in {"um", "uh"} else 0
    return talk(
        fillers(label, *places[:count]),
        fillers_total=count,
        filler_sounds=sounds,
        fillers_per_minute=float(count),
        fillers_by_label=(LabelCount(label, count),),
        **more,
    )


def quoted(situation: Situation, start: int, end: int) -> str:
    return " ".join(word.text for word in situation.words[start:end])
