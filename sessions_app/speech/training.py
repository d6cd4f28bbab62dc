"""Train the context model: `python -m sessions_app.speech.training FILE.jsonl --language en`."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from sessions_app.speech.context import features
from sessions_app.speech.filler_model import FillerModel, dump_model
from sessions_app.speech.fillers import read, ruled_out
from sessions_app.speech.fingerprints import fingerprints
from sessions_app.speech.labelled import LabelledText, read_labelled, tokenise
from sessions_app.speech.packs import AmbiguousFiller, LanguagePack, load_pack

RIDGE = 1.5
ROUNDS = 150
FEWEST = 2
"""Strength of the pull towards zero, steps of the descent, and how often a feature must occur;
the first chosen by cross-validation over conversations, flat between 1 and 2.5."""


@dataclass(frozen=True, slots=True)
class Sample:
    features: Sequence[str]
    filler: bool


def samples(texts: Iterable[LabelledText], pack: LanguagePack, strip: bool) -> list[Sample]:
    """Every place in the texts the model has to judge, with what the annotator said."""
    return [sample for text in texts for sample in _samples_of(text, pack, strip)]


def fit(data: Sequence[Sample], rounds: int = ROUNDS) -> dict[str, float]:
    """Weights of a ridge logistic regression, by Nesterov's accelerated gradient descent with
    a diagonal bound on the curvature. Deterministic."""
    counts = Counter(name for sample in data for name in sample.features)
    names = sorted(name for name, count in counts.items() if count >= FEWEST)
    columns = {name: index for index, name in enumerate(names)}
    pairs = [
        (row, columns[name])
        for row, sample in enumerate(data)
        for name in sample.features
        if name in columns
    ]
    if not pairs:
        return {}
    rows, cols = (np.array(side) for side in zip(*pairs, strict=True))
    truth = np.array([sample.filler for sample in data], dtype=float)
    load = np.bincount(rows, minlength=len(data))
    step = 1 / (0.25 * np.bincount(cols, weights=load[rows], minlength=len(names)) + RIDGE)
    weights = ahead = np.zeros(len(names))
    pace = 1.0
    for _ in range(rounds):
        score = np.bincount(rows, weights=ahead[cols], minlength=len(data))
        error = 1 / (1 + np.exp(-np.clip(score, -30, 30))) - truth
        slope = np.bincount(cols, weights=error[rows], minlength=len(names)) + RIDGE * ahead
        moved = ahead - step * slope
        faster = (1 + (1 + 4 * pace * pace) ** 0.5) / 2
        ahead = moved + (pace - 1) / faster * (moved - weights)
        weights, pace = moved, faster
    return dict(zip(names, weights.tolist(), strict=True))


def train(texts: Sequence[LabelledText], pack: LanguagePack) -> FillerModel:
    """The model of these texts: as printed, and with marks and case removed."""
    return FillerModel(
        printed=fit(samples(texts, pack, strip=False)),
        bare=fit(samples(texts, pack, strip=True)),
        seen=fingerprints(texts),
    )


def _samples_of(text: LabelledText, pack: LanguagePack, strip: bool) -> list[Sample]:
    tokens = tokenise(text.text, strip)
    setting, matches = read(tokens.words, pack)
    gold = {(start, end) for start, end, _ in text.filler_spans}
    found = []
    for match in matches:
        entry = match.entry
        if not isinstance(entry, AmbiguousFiller) or not entry.model:
            continue
        if ruled_out(setting, match, entry):
            continue
        first, last = setting.atoms[match.first], setting.atoms[match.last - 1]
        span = tokens.span(first.word, first.start, last.word, last.end)
        names = features(setting, entry.label, match.first, match.last)
        found.append(Sample(names, span in gold))
    return found


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path, help="labelled texts, JSON Lines")
    parser.add_argument("--language", default="en")
    parser.add_argument("--source", default="", help="where the texts come from, and their licence")
    parser.add_argument("--output", type=Path, required=True)
    options = parser.parse_args(arguments)
    pack = load_pack(options.language)
    if pack is None:
        parser.error(f"there is no pack for {options.language}")
    with options.file.open(encoding="utf-8") as lines:
        texts = list(read_labelled(lines))
    options.output.write_text(dump_model(train(texts, pack), options.source), encoding="utf-8")


if __name__ == "__main__":
    main()
