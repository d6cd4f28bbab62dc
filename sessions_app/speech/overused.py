"""Words leaned on too often."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from sessions_app.speech.atoms import Atom
from sessions_app.speech.findings import Finding, FindingKind, Severity
from sessions_app.speech.notes import Notes
from sessions_app.speech.packs import LanguagePack

MOST = 3
"""Words shown at most: more cannot be worked on at once."""

WORN_COUNT, WORN_PER_HUNDRED = 4, 1.0
"""Worn words ("very", "stuff") are flagged early: they add nothing a better word would not."""

OTHER_COUNT, OTHER_PER_HUNDRED = 8, 3.0
"""Other content words late: the topic of a talk has to be named."""

_SHORTEST = 3


def overused_findings(spoken: Sequence[Atom], pack: LanguagePack, notes: Notes) -> list[Finding]:
    """Every occurrence of the up to three words most overused, fillers apart."""
    counts = Counter(atom.norm for atom in spoken if _counts(atom, pack))
    excess = {word: _excess(word, count, len(spoken), pack) for word, count in counts.items()}
    over = [word for word in excess if excess[word] >= 1]
    chosen = sorted(over, key=lambda word: (-excess[word], word))[:MOST]
    return [
        notes.note(
            FindingKind.OVERUSED_WORD,
            atom.norm,
            atom.word,
            atom.word + 1,
            severity=_severity(excess[atom.norm]),
        )
        for atom in spoken
        if atom.norm in chosen
    ]


def _counts(atom: Atom, pack: LanguagePack) -> bool:
    return len(atom.norm) >= _SHORTEST and atom.norm not in pack.stop_words and atom.norm.isalpha()


def _excess(word: str, count: int, spoken: int, pack: LanguagePack) -> float:
    """How many times over the limit; below 1 is fine."""
    worn = word in pack.worn_words
    fewest, rate = (WORN_COUNT, WORN_PER_HUNDRED) if worn else (OTHER_COUNT, OTHER_PER_HUNDRED)
    return min(count / fewest, count * 100 / (spoken * rate))


def _severity(excess: float) -> Severity:
    if excess >= 3:  # noqa: PLR2004 - three times the limit
        return Severity.MAJOR
    return Severity.MINOR if excess >= 2 else Severity.INFO  # noqa: PLR2004 - twice
