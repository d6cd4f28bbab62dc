"""Words said twice in a row, and starts that were given up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from sessions_app.speech.atoms import Atom, Break
from sessions_app.speech.findings import Finding, FindingKind, Severity
from sessions_app.speech.notes import Notes
from sessions_app.speech.packs import LanguagePack

LONGEST_PHRASE = 4
_VERBS = ("be", "do", "have", "modal")
_RESUMED_AFTER = 3


def repetition_findings(spoken: Sequence[Atom], notes: Notes) -> list[Finding]:
    """A phrase of up to four words repeated at once, fillers between them or not.

    `spoken` are the atoms without counted fillers. What the pack lists as repeatable ("very
    very"), numbers, "test and retest and retest", and anything repeated across the end of a
    sentence is meant; "believe in it, it works" repeats nothing.
    """
    found = []
    at = 0
    while at < len(spoken):
        size, last = _longest_repeat(spoken, at)
        if size == 0:
            at += 1
            continue
        label = " ".join(atom.norm for atom in spoken[at : at + size])
        meant = notes.pack is not None and _two_parts(spoken, at, size, notes.pack)
        if not meant and not _meant(spoken[at : at + size], label, notes.pack):
            found.append(_repetition(spoken[at:last], size, label, notes))
        at = last - size + 1 if size == 1 else last
    return found


def restart_findings(atoms: Sequence[Atom], spoken: Sequence[Atom], notes: Notes) -> list[Finding]:
    """Words broken off ("wh- what"), and subjects taken up again after a filler ("I was, um,
    I went"), which needs a pack."""
    places = [*_cut_off(atoms, notes.pack), *_resumed(spoken, notes.pack)]
    found: list[Finding] = []
    for start, end, label in sorted(set(places)):
        if not found or start >= found[-1].end_word - 1:
            found.append(notes.note(FindingKind.RESTART, label, start, end, severity=Severity.INFO))
    return found


def _longest_repeat(spoken: Sequence[Atom], at: int) -> tuple[int, int]:
    """Words in the phrase that begins here and is repeated, and the end of its last repeat."""
    for size in range(LONGEST_PHRASE, 0, -1):
        last = at + size
        while _same(spoken, at, last, size):
            last += size
        if last > at + size:
            size = _period(spoken[at : at + size])  # noqa: PLW2901 - never longer
            while _same(spoken, at, last, size):
                last += size
            return size, last
    return 0, at


def _period(phrase: Sequence[Atom]) -> int:
    """Words of the shortest phrase that this one is made of: one in "no no no"."""
    norms = [atom.norm for atom in phrase]
    return next(
        size
        for size in range(1, len(norms) + 1)
        if len(norms) % size == 0 and norms[:size] * (len(norms) // size) == norms
    )


def _same(spoken: Sequence[Atom], first: int, second: int, size: int) -> bool:
    if second + size > len(spoken) or spoken[first].norm != spoken[second].norm:
        return False
    if spoken[second - 1].word == spoken[second].word:
        return False
    pairs = zip(spoken[first : first + size], spoken[second : second + size], strict=True)
    return all(one.norm == two.norm for one, two in pairs) and all(
        _runs_on(spoken[index], spoken[index + 1]) for index in range(first, second + size - 1)
    )


def _runs_on(left: Atom, right: Atom) -> bool:
    """Nothing ends between the two, fillers that were taken out included."""
    return max(left.after, right.before) < Break.TERMINAL and left.turn == right.turn


def _meant(phrase: Sequence[Atom], label: str, pack: LanguagePack | None) -> bool:
    norms = [atom.norm for atom in phrase]
    if pack is None:
        return not any(map(_has_letters, norms))
    return label in pack.repeatable or _emphasis(norms, pack) or _heaped_up(norms, pack)


def _emphasis(phrase: Sequence[str], pack: LanguagePack) -> bool:
    """ "no way, no way" and numbers; but "es gibt, es gibt" is none, though "es, es" may be."""
    if any(_has_letters(word) and word not in pack.repeatable for word in phrase):
        return False
    clause = (pack.classes.get(name, frozenset()) for name in ("subject", *_VERBS))
    return len(phrase) == 1 or frozenset().union(*clause).isdisjoint(phrase)


def _has_letters(norm: str) -> bool:
    return any(char.isalpha() for char in norm)


def _heaped_up(phrase: Sequence[str], pack: LanguagePack) -> bool:
    """ "and retest and retest": a joining word and words that say something."""
    joints = pack.classes.get("coordinator", frozenset())
    others = [word for word in phrase if word not in joints]
    joined = phrase[0] in joints or phrase[-1] in joints
    return joined and bool(others) and not any(word in pack.stop_words for word in others)


def _two_parts(spoken: Sequence[Atom], at: int, size: int, pack: LanguagePack) -> bool:
    """ "in it, it works": a pronoun closes one part of the sentence and opens the next."""
    if size > 1 or at == 0 or spoken[at].after is not Break.COMMA:
        return False
    both = pack.classes.get("subject", frozenset()) & pack.classes.get("object", frozenset())
    after_preposition = spoken[at - 1].norm in pack.classes.get("preposition", frozenset())
    return spoken[at].norm in both and after_preposition and _runs_on(spoken[at - 1], spoken[at])


def _repetition(repeated: Sequence[Atom], size: int, label: str, notes: Notes) -> Finding:
    longer = size > 1 or len(repeated) > 2 * size
    return notes.note(
        FindingKind.REPETITION,
        label,
        repeated[0].word,
        repeated[-1].word + 1,
        severity=Severity.MINOR if longer else Severity.INFO,
    )


def _cut_off(atoms: Sequence[Atom], pack: LanguagePack | None) -> Iterator[tuple[int, int, str]]:
    """Half words are no restart where the pack's words join them: "pre-, mid- and post-war"."""
    joins = pack.cut_off_joins if pack else frozenset()
    joined = False
    for left, right in reversed(tuple(pairwise(atoms))):
        half = left.after is Break.CUT
        joined = half and (right.norm in joins or (joined and "," in left.mark_after))
        if half and not joined:
            yield left.word, right.word + 1, f"{left.norm}-"


def _resumed(spoken: Sequence[Atom], pack: LanguagePack | None) -> Iterator[tuple[int, int, str]]:
    if pack is None:
        return
    subjects = pack.classes.get("subject", frozenset())
    verbs = frozenset().union(*(pack.classes.get(name, frozenset()) for name in _VERBS))
    for at in range(len(spoken) - _RESUMED_AFTER):
        one, verb, again, other = spoken[at : at + 4]
        resumed = one.norm == again.norm and one.norm in subjects and verb.norm in verbs
        filled = again.word > verb.word + 1 and one.turn == other.turn
        if resumed and filled and verb.norm != other.norm and _runs_on(verb, again):
            yield one.word, other.word + 1, f"{one.norm} {verb.norm}"
