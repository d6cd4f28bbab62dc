"""Repetitions and restarts across fillers, found again where their speaker judged the fillers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from sessions_app.speech.atoms import atomise, never
from sessions_app.speech.findings import Finding, FindingKind, FindingSource, FindingStatus
from sessions_app.speech.notes import Notes
from sessions_app.speech.repetition import repetition_findings, restart_findings

_SAID_AGAIN = (FindingKind.REPETITION, FindingKind.RESTART)
_AROUND = 20
"""Words on both sides of a filler that are looked at; the longest phrase said again has four."""


def said_again(findings: Sequence[Finding], notes: Notes) -> list[Finding]:
    """`findings` with what the rules find said again across a filler that was judged, in order of
    the talk: "we like we" is a repetition only if "like" is a filler.

    What a second reader added stays.
    """
    judged = _words_of(found for found in findings if found.correction is not None)
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
        for found in _found(findings, judged, notes)
        if (_is_across(found, judged) or _overlaps(found, before)) and not _overlaps(found, others)
    ]
    return sorted([*others, *now], key=lambda found: (found.start_word, found.end_word, found.kind))


def _found(findings: Sequence[Finding], judged: Collection[int], notes: Notes) -> Iterator[Finding]:
    """By the fillers that count now; a word that is partly one is left out as a whole."""
    fillers = _words_of(found for found in findings if found.status is FindingStatus.COUNTED)
    divides = notes.pack.divides if notes.pack else never
    for start, end in _stretches(judged):
        near = atomise(notes.words[start:end], divides)
        atoms = [atom._replace(word=atom.word + start) for atom in near]
        meant = [atom for atom in atoms if atom.word not in fillers]
        yield from repetition_findings(meant, notes)
        yield from restart_findings(atoms, meant, notes)


def _stretches(judged: Collection[int]) -> list[tuple[int, int]]:
    """The words around those judged, up to, not including, the last; no two overlap."""
    joined: list[tuple[int, int]] = []
    for at in sorted(judged):
        start, end = max(0, at - _AROUND), at + 1 + _AROUND
        if joined and start <= joined[-1][1]:
            start, _ = joined.pop()
        joined.append((start, end))
    return joined


def _words_of(findings: Iterable[Finding]) -> set[int]:
    """The words of the fillers among them."""
    return {
        at
        for found in findings
        if found.kind is FindingKind.FILLER
        for at in range(found.start_word, found.end_word)
    }


def _is_across(found: Finding, words: Collection[int]) -> bool:
    return any(at in words for at in range(found.start_word + 1, found.end_word - 1))


def _overlaps(found: Finding, others: Iterable[Finding]) -> bool:
    return any(
        other.kind in _SAID_AGAIN
        and other.start_word < found.end_word
        and found.start_word < other.end_word
        for other in others
    )
