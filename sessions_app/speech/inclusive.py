"""Terms that leave listeners out, with the reason and what to say instead."""

from __future__ import annotations

from collections.abc import Sequence

from sessions_app.speech.atoms import Atom
from sessions_app.speech.findings import Finding, FindingKind
from sessions_app.speech.notes import Notes
from sessions_app.speech.packs import Advice, LanguagePack
from sessions_app.speech.phrases import find_phrases, spoken_beside


def inclusive_findings(spoken: Sequence[Atom], pack: LanguagePack, notes: Notes) -> list[Finding]:
    """Non-inclusive terms; the pack's reason is the why, its alternative the advice."""
    forms = {form: term for term in pack.terms for form in term.forms}
    found = []
    for match in find_phrases(spoken, forms):
        before, after = spoken_beside(spoken, match.first, match.last)
        if before in match.entry.never_after or after in match.entry.never_before:
            continue
        found.append(
            notes.note(
                FindingKind.NON_INCLUSIVE,
                match.entry.term,
                spoken[match.first].word,
                spoken[match.last - 1].word + 1,
                advice=Advice(why=match.entry.reason, advice=match.entry.alternative),
            )
        )
    return found
