"""Weak beginnings: of the talk, and of one sentence after another."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence

from sessions_app.speech.atoms import Atom
from sessions_app.speech.findings import Finding, FindingKind, Severity
from sessions_app.speech.notes import Notes
from sessions_app.speech.packs import Advice, LanguagePack, Opener
from sessions_app.speech.phrases import find_phrases

OPENING_WORDS = 40
"""How far the opening of a talk reaches: some twenty seconds."""

STARTER_SHARE = 0.25
STARTER_COUNT = 4
"""A sentence starter is a habit from this share of the sentences and this many of them."""


def opener_findings(spoken: Sequence[Atom], pack: LanguagePack, notes: Notes) -> list[Finding]:
    """Phrases in the opening that belittle speaker or talk."""
    opening = [atom for atom in spoken if atom.word < OPENING_WORDS]
    forms = {form: opener for opener in pack.openers for form in opener.forms}
    return [
        notes.note(
            FindingKind.WEAK_OPENER,
            match.entry.label,
            opening[match.first].word,
            opening[match.last - 1].word + 1,
            advice=_advice(match.entry),
        )
        for match in find_phrases(opening, forms)
    ]


def starter_findings(
    spoken: Sequence[Atom],
    sentences: Sequence[tuple[int, int]],
    pack: LanguagePack,
    notes: Notes,
) -> list[Finding]:
    """Sentences that begin with the same starter over and over; fillers before it are skipped."""
    firsts = [atom for atom in _first_atoms(spoken, sentences) if atom.norm in pack.starters]
    counts = Counter(atom.norm for atom in firsts)
    fewest = max(STARTER_COUNT, STARTER_SHARE * len(sentences))
    return [
        notes.note(
            FindingKind.WEAK_OPENER,
            atom.norm,
            atom.word,
            atom.word + 1,
            severity=Severity.INFO,
            advice=pack.advice(FindingKind.WEAK_OPENER, "starter"),
        )
        for atom in firsts
        if counts[atom.norm] >= fewest
    ]


def _first_atoms(spoken: Sequence[Atom], sentences: Sequence[tuple[int, int]]) -> list[Atom]:
    words = [atom.word for atom in spoken]
    firsts = []
    for start, end in sentences:
        at = bisect_left(words, start)
        if at < len(words) and words[at] < end:
            firsts.append(spoken[at])
    return firsts


def _advice(opener: Opener) -> Advice | None:
    return Advice(why=opener.why, advice=opener.advice) if opener.why else None
