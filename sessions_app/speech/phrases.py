"""Finding known phrases among atoms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from sessions_app.speech.atoms import Atom, Break, unstretched

Entry = TypeVar("Entry")


@dataclass(frozen=True, slots=True)
class Match(Generic[Entry]):
    """Atoms `first` up to, not including, `last` spell a form of `entry`."""

    first: int
    last: int
    entry: Entry


def find_phrases(
    atoms: Sequence[Atom],
    forms: Mapping[str, Entry],
) -> list[Match[Entry]]:
    """Longest matches from the left, none overlapping."""
    by_start = _lengths(forms)
    matches: list[Match[Entry]] = []
    at = 0
    while at < len(atoms):
        match = _match_at(atoms, at, forms, by_start)
        if match is not None:
            matches.append(match)
        at = match.last if match is not None else at + 1
    return matches


def runs_on(atoms: Sequence[Atom], first: int, last: int) -> bool:
    """A phrase may hold a pause or an ellipsis, but no other mark and no change of turn."""
    return all(atoms[at].after <= Break.ELLIPSIS for at in range(first, last - 1))


def spoken_beside(atoms: Sequence[Atom], first: int, last: int) -> tuple[str, str]:
    """The words right before and after, empty where a mark or a turn stands between."""
    before = first > 0 and atoms[first].before <= Break.HYPHEN
    after = last < len(atoms) and atoms[last - 1].after <= Break.HYPHEN
    return (atoms[first - 1].norm if before else "", atoms[last].norm if after else "")


def _lengths(forms: Mapping[str, Entry]) -> dict[str, tuple[int, ...]]:
    lengths: dict[str, set[int]] = {}
    for form in forms:
        parts = form.split(" ")
        lengths.setdefault(parts[0], set()).add(len(parts))
    return {start: tuple(sorted(sizes, reverse=True)) for start, sizes in lengths.items()}


def _match_at(
    atoms: Sequence[Atom],
    at: int,
    forms: Mapping[str, Entry],
    lengths: Mapping[str, tuple[int, ...]],
) -> Match[Entry] | None:
    for start in unstretched(atoms[at].norm):
        for size in lengths.get(start, ()):
            rest = [atom.norm for atom in atoms[at + 1 : at + size]]
            form = " ".join([start, *rest])
            if form in forms and len(rest) == size - 1 and runs_on(atoms, at, at + size):
                return Match(at, at + size, forms[form])
    return None
