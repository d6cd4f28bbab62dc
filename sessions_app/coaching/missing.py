"""Findings the rules missed, made from the words a second reader points at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from sessions_app.coaching.answers import Missed
from sessions_app.coaching.ground import Ground
from sessions_app.coaching.reasons import shown
from sessions_app.speech.atoms import atomise
from sessions_app.speech.findings import (
    Decision,
    Finding,
    FindingKind,
    FindingSource,
    Review,
    Severity,
)
from sessions_app.speech.packs import LanguagePack

LONGEST: Mapping[FindingKind, int] = {
    FindingKind.FILLER: 4,
    FindingKind.HEDGE: 6,
    FindingKind.REPETITION: 12,
    FindingKind.RESTART: 12,
}
"""Words; what is longer is a passage and no slip."""

_ALIKE = (
    frozenset({FindingKind.FILLER, FindingKind.HEDGE}),
    frozenset({FindingKind.REPETITION, FindingKind.RESTART}),
)
"""Nothing counts twice: words that are one of these cannot be the other as well."""


def found(missed: Missed, ground: Ground) -> Finding | None:
    """`None` where the words are no such thing: too many, across a turn, or no words at all."""
    kind = FindingKind(missed.kind)
    words = ground.notes.words[missed.first : missed.last + 1]
    turns = {word.turn for word in words}
    label = " ".join(atom.norm for atom in atomise(words))
    if not label or len(words) > LONGEST[kind] or len(turns) > 1:
        return None
    pack = ground.notes.pack
    finding = ground.notes.note(
        kind,
        _known(kind, label, pack) if pack else label,
        missed.first,
        missed.last + 1,
        severity=Severity.INFO,
        confidence=missed.sure,
    )
    reason = shown(missed.why, ground.language)
    return replace(
        finding,
        source=FindingSource.AI,
        review=Review(Decision.ADDED, missed.sure, reason, before=None),
    )


def overlapping(finding: Finding, others: Iterable[Finding]) -> bool:
    """Whether something of its kind was found on its words, counted or not."""
    alike = next(kinds for kinds in _ALIKE if finding.kind in kinds)
    return any(
        other.kind in alike
        and other.start_word < finding.end_word
        and finding.start_word < other.end_word
        for other in others
    )


def _known(kind: FindingKind, label: str, pack: LanguagePack) -> str:
    """The label the pack files these words under, if it knows them."""
    if kind is FindingKind.FILLER:
        entry = pack.filler_forms.get(label)
        return entry.label if entry else label
    if kind is FindingKind.HEDGE:
        return next((hedge.label for hedge in pack.hedges if label in hedge.forms), label)
    return label
