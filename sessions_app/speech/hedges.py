"""Words that take back what is being said."""

from __future__ import annotations

from collections.abc import Sequence

from sessions_app.speech.atoms import Atom
from sessions_app.speech.findings import Finding, FindingKind, Severity
from sessions_app.speech.notes import Notes
from sessions_app.speech.packs import Hedge, LanguagePack
from sessions_app.speech.phrases import find_phrases, spoken_beside


def hedge_findings(spoken: Sequence[Atom], pack: LanguagePack, notes: Notes) -> list[Finding]:
    """Hedges among the atoms that are no fillers, counted or possible: nothing counts twice."""
    forms = {form: hedge for hedge in pack.hedges for form in hedge.forms}
    return [
        notes.note(
            FindingKind.HEDGE,
            match.entry.label,
            spoken[match.first].word,
            spoken[match.last - 1].word + 1,
            severity=Severity.INFO,
        )
        for match in find_phrases(spoken, forms)
        if not _ruled_out(spoken, match.first, match.last, match.entry)
    ]


def _ruled_out(spoken: Sequence[Atom], first: int, last: int, hedge: Hedge) -> bool:
    before, after = spoken_beside(spoken, first, last)
    return before in hedge.never_after or after in hedge.never_before
