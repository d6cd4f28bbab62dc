"""Fillers that come in bunches, and what led into them."""

from __future__ import annotations

from collections.abc import Sequence

from sessions_app.speech.findings import Finding, FindingKind, FindingStatus, Severity
from sessions_app.speech.gaps import gaps
from sessions_app.speech.notes import Notes
from sessions_app.speech.pause_classes import GOOD_MS

FEWEST = 3
WITHIN_MS = 10_000
MANY = 5
LEAD_IN_WORDS = 3


def cluster_findings(
    findings: Sequence[Finding], sentences: Sequence[tuple[int, int]], notes: Notes
) -> list[Finding]:
    """Bunches of at least three counted fillers of which every three stand within 10 s.

    A finding begins with up to three words of the same turn before the first filler; its label
    says where the bunch began. Fillers without times are not looked at.
    """
    fillers = [
        finding
        for finding in findings
        if finding.kind is FindingKind.FILLER
        and finding.status is FindingStatus.COUNTED
        and finding.start_ms is not None
    ]
    paused = {gap.after_word + 1 for gap in gaps(notes.words) if gap.length_ms > GOOD_MS}
    opens = {start for start, _ in sentences}
    return [_note(bunch, paused, opens, notes) for bunch in _bunches(fillers)]


def _bunches(fillers: Sequence[Finding]) -> list[Sequence[Finding]]:
    """Maximal runs in which each filler belongs to three neighbours within the time."""
    bunches: list[tuple[int, int]] = []
    for last in range(FEWEST - 1, len(fillers)):
        first = last - FEWEST + 1
        if _ms(fillers[last]) - _ms(fillers[first]) > WITHIN_MS:
            continue
        if bunches and first < bunches[-1][1]:
            bunches[-1] = (bunches[-1][0], last + 1)
        else:
            bunches.append((first, last + 1))
    return [fillers[first:last] for first, last in bunches]


def _ms(filler: Finding) -> int:
    return filler.start_ms or 0


def _note(bunch: Sequence[Finding], paused: set[int], opens: set[int], notes: Notes) -> Finding:
    first = bunch[0].start_word
    return notes.note(
        FindingKind.FILLER_CLUSTER,
        _place(first, paused, opens),
        _lead_in(first, notes),
        bunch[-1].end_word,
        severity=Severity.MAJOR if len(bunch) >= MANY else Severity.MINOR,
    )


def _place(first: int, paused: set[int], opens: set[int]) -> str:
    if first == 0:
        return "start_of_talk"
    if first in opens:
        return "start_of_sentence"
    return "after_pause" if first in paused else "mid_sentence"


def _lead_in(first: int, notes: Notes) -> int:
    start = first
    while (
        start > 0
        and first - start < LEAD_IN_WORDS
        and notes.words[start - 1].turn == notes.words[first].turn
    ):
        start -= 1
    return start
