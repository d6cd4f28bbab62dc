"""The context model: a logistic regression over named features, small enough to read."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).with_name("packs")
_SMALLEST = 0.03


@dataclass(frozen=True, slots=True)
class FillerModel:
    """Weights by feature name: one set for text with marks, one for bare words.

    `seen` are fingerprints of the longest turns it was trained on, no text.
    """

    printed: Mapping[str, float]
    bare: Mapping[str, float]
    seen: frozenset[str] = frozenset()

    def probability(self, names: Iterable[str], punctuated: bool) -> float:
        """How likely a candidate with these features is a filler, 0–1. Text with marks is read
        by both sets, and their mean counts: each errs where the other need not."""
        known = list(names)
        bare = _likely(self.bare, known)
        return (_likely(self.printed, known) + bare) / 2 if punctuated else bare


def _likely(weights: Mapping[str, float], names: Iterable[str]) -> float:
    return sigmoid(sum(weights.get(name, 0.0) for name in names))


def sigmoid(score: float) -> float:
    """The logistic function, safe at both ends."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


@cache
def load_model(language: str) -> FillerModel | None:
    """The trained weights of a pack's language, `None` when none were trained."""
    path = _FOLDER / f"{language}.fillers.json"
    if not path.is_file():
        return None
    stored = json.loads(path.read_text(encoding="utf-8"))
    return FillerModel(stored["printed"], stored["bare"], frozenset(stored["seen"]))


def dump_model(model: FillerModel, source: str) -> str:
    """The JSON that `load_model` reads; weights too small to matter are left out."""
    stored = {
        "source": source,
        "seen": sorted(model.seen),
        "printed": _kept(model.printed),
        "bare": _kept(model.bare),
    }
    return json.dumps(stored, ensure_ascii=False, separators=(",", ":")) + "\n"


def _kept(weights: Mapping[str, float]) -> dict[str, float]:
    rounded = {name: round(value, 2) for name, value in sorted(weights.items())}
    return {name: value for name, value in rounded.items() if abs(value) >= _SMALLEST}
