"""Stretches in which the voice stays near one pitch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import fmean

from sessions_app.speech.findings import Finding, FindingKind, Severity
from sessions_app.speech.gaps import word_regions
from sessions_app.speech.norms import MONOTONE_SEMITONES
from sessions_app.speech.notes import Notes
from sessions_app.speech.pace import Stretch, stretches
from sessions_app.speech.prosody import semitone_range, voiced
from sessions_app.speech.tracks import Track
from sessions_app.speech.words import Word

SEGMENT_MS = 10_000
"""The norm was measured over ten seconds of speech at a time (Hincks 2004), so it holds for one."""

FEWEST_SEGMENTS = 3
"""Single segments scatter widely about their speaker's mean; half a minute is no accident."""

FEWEST_IN_ALL = 2
"""A talk that is flat from beginning to end may be shorter."""

VERY_FLAT_SEMITONES = 2.6
"""The flattest single segment of the same twenty presenters: 0.06 of mean pitch as a standard
deviation, as semitones from p10 to p90 like the norm itself."""

MOST = 5
"""Stretches shown at most, the longest of them: more cannot be worked on at once."""


def monotone_findings(words: Sequence[Word], pitch_hz: Track, notes: Notes) -> list[Finding]:
    """Half a minute or more, or a whole talk, in which every ten seconds of the speaker's own
    words span less than `MONOTONE_SEMITONES`. In the order of the talk."""
    segments = [(part, _range(words, part, pitch_hz)) for part in stretches(words, SEGMENT_MS)]
    runs = [
        run
        for run in _flat_runs(segments)
        if len(run) >= (FEWEST_IN_ALL if len(run) == len(segments) else FEWEST_SEGMENTS)
    ]
    longest = sorted(runs, key=lambda run: -sum(part.speaking_ms for part, _ in run))[:MOST]
    return [_note(run, notes) for run in runs if run in longest]


def _range(words: Sequence[Word], part: Stretch, pitch_hz: Track) -> float | None:
    """Semitones; `None` where too little is voiced to tell."""
    values = voiced(pitch_hz, word_regions(words[part.start : part.end]))
    return semitone_range(values) if values else None


def _flat_runs(
    segments: Sequence[tuple[Stretch, float | None]],
) -> Iterator[list[tuple[Stretch, float]]]:
    """Neighbouring segments that are all flat."""
    run: list[tuple[Stretch, float]] = []
    for part, semitones in segments:
        if semitones is not None and semitones < MONOTONE_SEMITONES:
            run.append((part, semitones))
        elif run:
            yield run
            run = []
    if run:
        yield run


def _note(run: Sequence[tuple[Stretch, float]], notes: Notes) -> Finding:
    first, last = run[0][0], run[-1][0]
    very = fmean(semitones for _, semitones in run) < VERY_FLAT_SEMITONES
    return notes.note(
        FindingKind.MONOTONE,
        "very_flat" if very else "flat",
        first.start,
        last.end,
        times=(first.start_ms, last.end_ms),
        severity=Severity.MAJOR if very else Severity.MINOR,
    )
