"""The atoms of a talk without its counted fillers: what the speaker meant to say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sessions_app.speech.atoms import Atom
from sessions_app.speech.fillers import FillerMatch
from sessions_app.speech.packs import Verdict

Place = tuple[int, int]


def filler_places(fillers: Iterable[FillerMatch], *verdicts: Verdict) -> list[tuple[Place, Place]]:
    """`(word, character)` of start and end of the fillers with these verdicts."""
    return [
        ((filler.start_word, filler.start_char), (filler.last_word, filler.end_char))
        for filler in fillers
        if filler.verdict in verdicts
    ]


def without(atoms: Sequence[Atom], places: Sequence[tuple[Place, Place]]) -> list[Atom]:
    """The atoms outside all places; both in the order of the talk."""
    kept = []
    ahead = iter(places)
    place = next(ahead, None)
    for atom in atoms:
        while place is not None and place[1] <= (atom.word, atom.start):
            place = next(ahead, None)
        if place is None or (atom.word, atom.start) < place[0]:
            kept.append(atom)
    return kept
