"""What surrounds a possible filler, as named features for the context model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sessions_app.speech.atoms import Atom, Break

_NO_WORD = "#"
_REACH = range(1, 5)
_BUCKETS = 6
_LIGHT = frozenset(("sound", "answer", "discourse", "coordinator"))  # classes of the pack
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

    All exist for this label alone, after "label|". Those of the nearest words, of place and of
    marks exist for all labels as well: what words further off and pairs of words say of one
    label says little of another. Those of marks exist only where the writer used marks.
    """
    around = _Around(setting, first, last)
    shared = [*_near_features(around), *_place_features(around)]
    if setting.punctuated:
        shared += _mark_features(around)
    own = [*shared, *_pair_features(around), *_far_features(around)]
    return [label, *(f"{label}|{name}" for name in own), *shared]


class _Around:
    """The words beside a candidate: -1 is the one before it, 1 the one after."""

    def __init__(self, setting: Setting, first: int, last: int) -> None:
        self.setting, self.first, self.last = setting, first, last

    def at(self, step: int) -> Atom | None:
        """The atom `step` away, in the same turn."""
        atoms, here = self.setting.atoms, self._place(step)
        inside = 0 <= here < len(atoms) and atoms[here].turn == atoms[self.first].turn
        return atoms[here] if inside else None

    def norm(self, step: int) -> str:
        atom = self.at(step)
        return _NO_WORD if atom is None else atom.norm

    def kinds(self, step: int) -> tuple[str, ...]:
        return _kinds(self.setting, self.norm(step))

    def is_sound(self, step: int) -> bool:
        return self.at(step) is not None and self._place(step) in self.setting.fillers

    def unsounded(self, side: int) -> str:
        """The nearest word on a side that is no sound."""
        step = side
        while self.is_sound(step):
            step += side
        return self.norm(step)

    def content(self, side: int) -> str:
        """The nearest word on a side that is more than a sound, an answer or a way to begin."""
        step = side
        while not _LIGHT.isdisjoint(self.kinds(step)):
            step += side
        return self.norm(step)

    def _place(self, step: int) -> int:
        return self.first + step if step < 0 else self.last - 1 + step


def _near_features(around: _Around) -> list[str]:
    seen = (
        ("l", around.norm(-1)),
        ("r", around.norm(1)),
        ("nl", around.unsounded(-1)),
        ("nr", around.unsounded(1)),
        ("sl", around.content(-1)),
        ("sr", around.content(1)),
    )
    words = [f"{name}={norm}" for name, norm in seen]
    classes = [
        f"{name}c={kind}"
        for name, norm in seen
        if not name.startswith("n")
        for kind in _kinds(around.setting, norm)
    ]
    return [*words, *classes]


def _pair_features(around: _Around) -> list[str]:
    left, right, left2, right2 = (around.kinds(step) for step in (-1, 1, -2, 2))
    beyond = (_kinds(around.setting, around.content(side)) for side in (-1, 1))
    return [
        f"ll={around.norm(-2)} {around.norm(-1)}",
        f"rr={around.norm(1)} {around.norm(2)}",
        f"lr={around.norm(-1)} {around.norm(1)}",
        f"nlr={around.unsounded(-1)} {around.unsounded(1)}",
        *_pairs("lrc", left, right),
        *_pairs("llc", left2, left),
        *_pairs("rrc", (*right, around.norm(1)), right2),
        *_pairs("slrc", *beyond),
    ]


def _pairs(name: str, one: Sequence[str], other: Sequence[str]) -> list[str]:
    return [f"{name}={left}+{right}" for left in one for right in other]


def _far_features(around: _Around) -> list[str]:
    return [
        f"l2={around.norm(-2)}",
        f"r2={around.norm(2)}",
        *(f"l2c={kind}" for kind in around.kinds(-2)),
        *(f"r2c={kind}" for kind in around.kinds(2)),
        *(f"w-{around.norm(-step)}" for step in _REACH),
        *(f"w+{around.norm(step)}" for step in _REACH),
    ]


def _place_features(around: _Around) -> list[str]:
    left, right = around.norm(-1), around.norm(1)
    start, end = _turn(around.setting.atoms, around.first)
    place, length = (around.first - start) // 4, (end - start) // 5
    named = (
        ("after-sound", around.is_sound(-1)),
        ("before-sound", around.is_sound(1)),
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


def _mark_features(around: _Around) -> list[str]:
    first, last = around.setting.atoms[around.first], around.setting.atoms[around.last - 1]
    before, after = first.before.name, last.after.name
    left, right = around.at(-1), around.at(1)
    names = [f"m:{before}_", f"m:_{after}", f"m:{before}_{after}", f"m:end{last.mark_after[:1]}"]
    names += [f"m:{before}_{after} lc={kind}" for kind in around.kinds(-1)]
    names += [f"m:{before}_{after} rc={kind}" for kind in around.kinds(1)]
    if left is not None:
        names.append(f"m:{before}_{after} l={left.norm}")
        if left.before >= Break.COMMA:
            names += [f"m:starts {left.norm}", "m:second"]
    if right is not None:
        names.append(f"m:{before}_{after} r={right.norm}")
        names.append(f"m:next_{right.after.name}")
    return names


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
