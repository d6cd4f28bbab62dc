"""What speakers say about fillers, applied to the findings of their talk."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from sessions_app.speech.atoms import atomise, unstretched
from sessions_app.speech.clusters import cluster_findings
from sessions_app.speech.corrections import Correction, CorrectionKind
from sessions_app.speech.findings import (
    LONGEST_LABEL,
    Finding,
    FindingKind,
    FindingSource,
    FindingStatus,
    Severity,
)
from sessions_app.speech.notes import Notes
from sessions_app.speech.packs import LanguagePack
from sessions_app.speech.words import Word

LONGEST_FILLER = 6
"""Words; what is longer is a passage, and no filler."""

Findings = Sequence[Finding]


def corrected(findings: Findings, corrections: Iterable[Correction], notes: Notes) -> Findings:
    """`findings` as their speaker judges them, in order of the talk; `corrections` in force.

    Clusters are as they were: see `reclustered`.
    """
    for correction in corrections:
        if (apply := _JUDGEMENTS.get(correction.kind)) is not None:
            findings = apply(findings, correction, notes)
    return sorted(findings, key=_order)


def reclustered(
    findings: Findings, sentences: Sequence[tuple[int, int]], notes: Notes
) -> list[Finding]:
    """`findings` with the clusters that their counted fillers make, in order of the talk.

    Those that fell apart are gone; what a second reader had rejected stays so.
    """
    clusters = [found for found in findings if found.kind is FindingKind.FILLER_CLUSTER]
    others = [found for found in findings if found.kind is not FindingKind.FILLER_CLUSTER]
    before = {_place(c): c for c in clusters if c.status is FindingStatus.COUNTED}
    now = {_place(c): c for c in cluster_findings(others, sentences, notes)}
    made = [_known(cluster, before.get(place)) for place, cluster in now.items()]
    rejected = [c for c in clusters if c.status is FindingStatus.REJECTED and _place(c) not in now]
    return sorted([*others, *made, *rejected], key=_order)


def fillers_on(findings: Findings, start_word: int, end_word: int, label: str) -> list[Finding]:
    """Fillers on any of these words: those of this label, if there are such."""
    touched = [
        found
        for found in findings
        if found.kind is FindingKind.FILLER
        and found.start_word < end_word
        and start_word < found.end_word
    ]
    return [found for found in touched if found.label == label] or touched


def filler_label(words: Sequence[Word], pack: LanguagePack | None) -> str:
    """What these words are counted under as a filler: the pack's label, else the words in lower
    case without marks; "" where there is nothing to say aloud.
    """
    atoms = atomise(words, pack.divides) if pack else atomise(words)
    label = " ".join(atom.norm for atom in atoms)
    forms = pack.filler_forms if pack else {}
    entries = (forms.get(form) for form in unstretched(label))
    known = next((entry.label for entry in entries if entry), label)
    return known[:LONGEST_LABEL]


def _no_filler(findings: Findings, correction: Correction, notes: Notes) -> Findings:
    meant = fillers_on(findings, correction.start_word, correction.end_word, correction.text)
    standing = [found for found in meant if found.status is not FindingStatus.REJECTED]
    return _all_set(findings, standing, FindingStatus.REJECTED, correction)


def _filler(findings: Findings, correction: Correction, notes: Notes) -> Findings:
    """A finding on just these words counts from now on. Without one, a new one does, unless a
    filler on some of the words is counted already."""
    start, end = correction.start_word, correction.end_word
    meant = fillers_on(findings, start, end, correction.text)
    exact = [found for found in meant if (found.start_word, found.end_word) == (start, end)]
    if exact:
        counted = _all_set(findings, exact[:1], FindingStatus.COUNTED, correction)
        return _without_twins(counted, correction)
    if any(found.status is FindingStatus.COUNTED for found in fillers_on(findings, start, end, "")):
        return findings
    return [*_without_twins(findings, correction), _new(correction, notes)]


def _new(correction: Correction, notes: Notes) -> Finding:
    sounds = {entry.label for entry in notes.pack.lexical} if notes.pack else frozenset[str]()
    finding = notes.note(
        FindingKind.FILLER,
        correction.text,
        correction.start_word,
        correction.end_word,
        severity=Severity.MINOR if correction.text in sounds else Severity.INFO,
    )
    return replace(finding, source=FindingSource.USER, correction=correction.number)


def _without_twins(findings: Findings, correction: Correction) -> list[Finding]:
    """Nothing counts twice: what else was made of the words of a filler is no more. A hedge around
    it ("I, um, think") is made of other words."""
    twins = [
        found
        for found in findings
        if found.correction != correction.number
        and correction.touches(found.start_word, found.end_word)
        and (
            (found.kind is FindingKind.FILLER and found.status is FindingStatus.POSSIBLE)
            or (_is_counted_hedge(found) and not _is_around(found, correction))
        )
    ]
    return _all_set(findings, twins, FindingStatus.REJECTED, correction)


def _is_counted_hedge(found: Finding) -> bool:
    return found.kind is FindingKind.HEDGE and found.status is FindingStatus.COUNTED


def _is_around(found: Finding, filler: Correction | Finding) -> bool:
    return found.start_word < filler.start_word and filler.end_word < found.end_word


def _all_set(
    findings: Findings, meant: Findings, status: FindingStatus, correction: Correction
) -> list[Finding]:
    chosen = {id(found) for found in meant}  # quicker than to compare hundreds with thousands
    return [
        replace(found, status=status, source=FindingSource.USER, correction=correction.number)
        if id(found) in chosen
        else found
        for found in findings
    ]


_JUDGEMENTS: Mapping[CorrectionKind, Callable[[Findings, Correction, Notes], Findings]] = {
    CorrectionKind.NOT_A_FILLER: _no_filler,
    CorrectionKind.IS_A_FILLER: _filler,
}


def _known(cluster: Finding, before: Finding | None) -> Finding:
    """A cluster that was there stays whose it was."""
    if before is None:
        return replace(cluster, source=FindingSource.USER)
    return replace(cluster, source=before.source, review=before.review)


def _place(finding: Finding) -> tuple[int, int, str]:
    return finding.start_word, finding.end_word, finding.label


def _order(finding: Finding) -> tuple[int, int, str]:
    return finding.start_word, finding.end_word, finding.kind
