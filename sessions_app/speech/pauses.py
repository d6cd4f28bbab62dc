"""Pauses worth showing: the long ones, and those in the middle of a sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sessions_app.speech.findings import Finding, FindingKind, Severity
from sessions_app.speech.gaps import Gap, gaps
from sessions_app.speech.notes import Notes
from sessions_app.speech.pause_classes import ACCEPTABLE_MS, GOOD_MS, LONG_MS
from sessions_app.speech.words import Word


def pause_findings(
    words: Sequence[Word], breaks: frozenset[int] | None, notes: Notes
) -> list[Finding]:
    """Pauses over 1.5 s, and pauses over 0.8 s after a word that ends no sentence.

    `breaks` are the words that end a sentence, `None` where nobody can tell. A long pause inside
    a sentence is found as both. A finding spans the words around the silence and has its times.
    """
    return [finding for gap in gaps(words) for finding in _judge(gap, breaks, notes)]


def _judge(gap: Gap, breaks: frozenset[int] | None, notes: Notes) -> Iterator[Finding]:
    if gap.length_ms > ACCEPTABLE_MS:
        very = gap.length_ms > LONG_MS
        severity = Severity.MAJOR if very else Severity.MINOR
        yield _note(FindingKind.LONG_PAUSE, "very_long" if very else "long", gap, severity, notes)
    if breaks is not None and gap.length_ms > GOOD_MS and gap.after_word not in breaks:
        severity = Severity.MINOR if gap.length_ms > ACCEPTABLE_MS else Severity.INFO
        yield _note(FindingKind.MID_SENTENCE_PAUSE, "mid_sentence", gap, severity, notes)


def _note(kind: FindingKind, label: str, gap: Gap, severity: Severity, notes: Notes) -> Finding:
    times = (gap.start_ms, gap.start_ms + gap.length_ms)
    return notes.note(
        kind, label, gap.after_word, gap.after_word + 2, times=times, severity=severity
    )
