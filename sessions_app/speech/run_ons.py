"""Sentences that go on for too long."""

from __future__ import annotations

from collections.abc import Sequence

from sessions_app.speech.findings import Finding, FindingKind, Severity
from sessions_app.speech.notes import Notes
from sessions_app.speech.packs import LanguagePack

CHAINED_WORDS = 35
CHAINED_JOINTS = 4
LONG_WORDS = 50
VERY_LONG_WORDS = 70
"""Plain written English asks for 15–20 words on average (Cutts, Oxford Guide to Plain English);
twice that is hard to follow by ear. A chain of clauses is flagged earlier than one long
sentence; the exact limits are a choice of ours."""


def run_on_findings(
    sentences: Sequence[tuple[int, int]], pack: LanguagePack, notes: Notes
) -> list[Finding]:
    """Sentences over 50 words, or over 35 with at least four joining words ("and", "so")."""
    found = []
    for start, end in sentences:
        joints = _joints(start, end, pack, notes)
        chained = end - start > CHAINED_WORDS and joints >= CHAINED_JOINTS
        if chained or end - start > LONG_WORDS:
            severity = Severity.MAJOR if end - start > VERY_LONG_WORDS else Severity.MINOR
            label = "chained" if joints >= CHAINED_JOINTS else "long"
            found.append(notes.note(FindingKind.RUN_ON, label, start, end, severity=severity))
    return found


def _joints(start: int, end: int, pack: LanguagePack, notes: Notes) -> int:
    words = (word.text.lower().strip(".,;:!?…\"'") for word in notes.words[start + 1 : end])
    return sum(word in pack.conjunctions for word in words)
