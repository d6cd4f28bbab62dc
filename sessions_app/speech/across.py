"""Repetitions and restarts across fillers, found again where their speaker judged the fillers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sessions_app.speech.atoms import atomise, never
from sessions_app.speech.findings import Finding, FindingKind, FindingSource, FindingStatus
from sessions_app.speech.notes import Notes
from sessions_app.speech.repetition import repetition_findings, restart_findings

_SAID_AGAIN = (FindingKind.REPETITION, FindingKind.RESTART)


def said_again(findings: Sequence[Finding], notes: Notes) -> list[Finding]:
    """`findings` with what the rules find said again across a filler that was judged, in order of
    the talk: "we like we" is a repetition only if "like" is a filler.

    What a second reader added stays.
    """
    judged = [
        found
        for found in findings
        if found.kind is FindingKind.FILLER and found.correction is not None
    ]
    if not judged:
        return list(findings)
    before = [
        found
        for found in findings
        if found.kind in _SAID_AGAIN
        and found.source is FindingSource.RULE
        and _is_across(found, judged)
    ]
    others = [found for found in findings if found not in before]
    now = [
        found
        for found in _found(findings, notes)
        if (_is_across(found, judged) or _overlaps(found, before)) and not _overlaps(found, others)
    ]
    return sorted([*others, *now], key=lambda found: (found.start_word, found.end_word, found.kind))


def _found(findings: Iterable[Finding], notes: Notes) -> list[Finding]:
    """By the fillers that count now; a word that is partly one is left out as a whole."""
    fillers = {
        at
        for found in findings
        if found.kind is FindingKind.FILLER and found.status is FindingStatus.COUNTED
        for at in range(found.start_word, found.end_word)
    }
    atoms = atomise(notes.words, notes.pack.divides if notes.pack else never)
    meant = [atom for atom in atoms if atom.word not in fillers]
    return [*repetition_findings(meant, notes), *restart_findings(atoms, meant, notes)]


def _is_across(found: Finding, fillers: Iterable[Finding]) -> bool:
    return any(
        found.start_word < filler.start_word and filler.end_word < found.end_word
        for filler in fillers
    )


def _overlaps(found: Finding, others: Iterable[Finding]) -> bool:
    return any(
        other.kind in _SAID_AGAIN
        and other.start_word < found.end_word
        and found.start_word < other.end_word
        for other in others
    )
