"""What surrounds a possible filler, as named features for the context model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sessions_app.speech.atoms import Atom, Break

_NO_WORD = "#"
_REACH = range(1, 5)
_BUCKETS = 6
_FAR = 40  # beyond the last bucket of both
_SUFFIXES = ("ing", "ed", "ly", "n't", "'s", "'re", "'m", "'d", "'ll", "'ve", "s")


class Setting(NamedTuple):
    """One talk as the context model sees it; `fillers` are atoms of sounds such as "um"."""

    atoms: Sequence[Atom]
    classes: Mapping[str, tuple[str, ...]]
    fillers: frozenset[int]
    punctuated: bool


def features(setting: Setting, label: str, first: int, last: int) -> list[str]:
    """Features of the candidate at atoms `first` to `last`, looked up inside its turn.

    Each exists for all labels and, after "label|", for this label alone. Those of marks exist
    only where the writer used marks.
    """
    names = [
        *_word_features(setting, first, last),
        *_class_features(setting, first, last),
        *_place_features(setting, first, last),
    ]
    if setting.punctuated:
        names += _mark_features(setting.atoms, first, last)
    return [label, *(f"{label}|{name}" for name in names), *names]


def _word_features(setting: Setting, first: int, last: int) -> list[str]:
    left, left2 = _norm(setting, first, -1), _norm(setting, first, -2)
    right, right2 = _norm(setting, last - 1, 1), _norm(setting, last - 1, 2)
    near_left, near_right = _unsounded(setting, first, -1), _unsounded(setting, last - 1, 1)
    names = [
        f"l={left}",
        f"r={right}",
        f"l2={left2}",
        f"r2={right2}",
        f"ll={left2} {left}",
        f"rr={right} {right2}",
        f"lr={left} {right}",
        f"nl={near_left}",
        f"nr={near_right}",
        f"nlr={near_left} {near_right}",
    ]
    names += [f"w-{_norm(setting, first, -step)}" for step in _REACH]
    names += [f"w+{_norm(setting, last - 1, step)}" for step in _REACH]
    return names


def _class_features(setting: Setting, first: int, last: int) -> list[str]:
    left = _kinds(setting, _norm(setting, first, -1))
    left2 = _kinds(setting, _norm(setting, first, -2))
    right_norm = _norm(setting, last - 1, 1)
    right, right2 = _kinds(setting, right_norm), _kinds(setting, _norm(setting, last - 1, 2))
    return [
        *(f"lc={one}" for one in left),
        *(f"rc={one}" for one in right),
        *(f"l2c={one}" for one in left2),
        *(f"r2c={one}" for one in right2),
        *(f"lrc={one}+{two}" for one in left for two in right),
        *(f"rrc={one}+{two}" for one in right for two in right2),
        *(f"rrc={right_norm}+{two}" for two in right2),
    ]


def _place_features(setting: Setting, first: int, last: int) -> list[str]:
    atoms = setting.atoms
    left, right = _norm(setting, first, -1), _norm(setting, last - 1, 1)
    start, end = _turn(atoms, first)
    place, length = (first - start) // 4, (end - start) // 5
    named = (
        ("after-sound", first - 1 in setting.fillers),
        ("before-sound", last in setting.fillers),
        ("alone", left == right == _NO_WORD),
        ("echo", left == right != _NO_WORD),
    )
    names = [name for name, holds in named if holds]
    return [*names, f"place{min(_BUCKETS, place)}", f"length{min(_BUCKETS, length)}"]


def _turn(atoms: Sequence[Atom], at: int) -> tuple[int, int]:
    """First and past-the-last atom of the turn, as far as the buckets can tell."""
    start = end = at
    while start > 0 and atoms[start - 1].turn == atoms[at].turn and at - start < _FAR:
        start -= 1
    while end < len(atoms) and atoms[end].turn == atoms[at].turn and end - at < _FAR:
        end += 1
    return start, end


def _mark_features(atoms: Sequence[Atom], first: int, last: int) -> list[str]:
    before, after = atoms[first].before.name, atoms[last - 1].after.name
    mark = atoms[last - 1].mark_after[:1]
    left = _at(atoms, first, -1)
    right = _at(atoms, last - 1, 1)
    names = [f"m:{before}_", f"m:_{after}", f"m:{before}_{after}", f"m:end{mark}"]
    if left is not None and left.before >= Break.COMMA:
        names += [f"m:starts {left.norm}", "m:second"]
    if left is not None:
        names.append(f"m:{before}_{after} l={left.norm}")
    if right is not None:
        names.append(f"m:{before}_{after} r={right.norm}")
        names.append(f"m:next_{right.after.name}")
    return names


def _at(atoms: Sequence[Atom], origin: int, step: int) -> Atom | None:
    """The atom `step` away from `origin` in the same turn."""
    at = origin + step
    inside = 0 <= at < len(atoms) and atoms[at].turn == atoms[origin].turn
    return atoms[at] if inside else None


def _norm(setting: Setting, origin: int, step: int) -> str:
    atom = _at(setting.atoms, origin, step)
    return _NO_WORD if atom is None else atom.norm


def _unsounded(setting: Setting, origin: int, step: int) -> str:
    """The nearest word that is no sound."""
    at = step
    while origin + at in setting.fillers and _at(setting.atoms, origin, at) is not None:
        at += step
    return _norm(setting, origin, at)


def _kinds(setting: Setting, norm: str) -> tuple[str, ...]:
    """The closed classes of a word, else its ending, else "open"."""
    if norm == _NO_WORD:
        return ("none",)
    known = setting.classes.get(norm, ())
    if known:
        return known
    if norm.isdigit():
        return ("number",)
    for suffix in _SUFFIXES:
        if norm.endswith(suffix) and len(norm) > len(suffix) + 1:
            return (f"-{suffix}",)
    return ("open",)
