"""Figures on conversations a model never saw: `python -m sessions_app.speech.validation FILE`."""

from __future__ import annotations

import argparse
import random
from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from sessions_app.speech.evaluation import Evaluation, Finder, Tally, evaluate
from sessions_app.speech.filler_model import FillerModel
from sessions_app.speech.fillers import FillerMatch, judge_fillers
from sessions_app.speech.labelled import LabelledText, read_labelled
from sessions_app.speech.packs import LanguagePack, load_pack
from sessions_app.speech.training import folds, train
from sessions_app.speech.words import Word

FOLDS = 10
RESAMPLES = 2_000


class Interval(NamedTuple):
    """The middle 95 % of a figure over resampled conversations; `None` where it has no value."""

    low: float | None
    high: float | None


def cross_validate(
    texts: Sequence[LabelledText], pack: LanguagePack, *, strip: bool, number: int = FOLDS
) -> dict[str, Evaluation]:
    """What each conversation scores under a model trained without its fold."""
    scored: dict[str, Evaluation] = {}
    for kept, held_out in folds(texts, number):
        find = _finder(train(kept, pack))
        by_conversation = sorted(held_out, key=lambda text: text.conv)
        for name, group in groupby(by_conversation, key=lambda text: text.conv):
            scored[name] = evaluate(group, pack, find, strip=strip)
    return scored


def pooled(scored: Mapping[str, Evaluation]) -> Evaluation:
    total = Evaluation()
    for one in scored.values():
        total.add(one)
    return total


def interval(tallies: Sequence[Tally], rate: str, resamples: int = RESAMPLES) -> Interval:
    """Percentile bootstrap of "precision", "recall" or "f1" over conversations, seeded."""
    draw = random.Random(0)  # noqa: S311 - no secret
    values = []
    for _ in range(resamples):
        total = Tally()
        for tally in draw.choices(tallies, k=len(tallies)):
            total.add(tally)
        value: float | None = getattr(total, rate)
        if value is not None:
            values.append(value)
    if not values:
        return Interval(None, None)
    values.sort()
    return Interval(values[int(0.025 * len(values))], values[int(0.975 * (len(values) - 1))])


def _finder(model: FillerModel) -> Finder:
    def find(words: Sequence[Word], pack: LanguagePack) -> list[FillerMatch]:
        return judge_fillers(words, pack, model)

    return find


def _report(name: str, tallies: Sequence[Tally]) -> str:
    total = Tally()
    for tally in tallies:
        total.add(tally)
    shown = []
    for rate in ("precision", "recall", "f1"):
        value = getattr(total, rate)
        low, high = interval(tallies, rate)
        known = None not in (value, low, high)
        shown.append(f"{rate} {value:.4f} ({low:.4f}–{high:.4f})" if known else f"{rate} –")
    return f"{name:<10}" + "  ".join(shown)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path, help="labelled texts with `conv`, JSON Lines")
    parser.add_argument("--language", default="en")
    options = parser.parse_args(arguments)
    pack = load_pack(options.language)
    if pack is None:
        parser.error(f"there is no pack for {options.language}")
    with options.file.open(encoding="utf-8") as lines:
        texts = list(read_labelled(lines))
    for mode, strip in (("as printed", False), ("stripped", True)):
        scored = cross_validate(texts, pack, strip=strip)
        print(mode)  # noqa: T201 - its output
        print(_report("overall", [one.overall for one in scored.values()]))  # noqa: T201
        for word in sorted(pooled(scored).words):
            tallies = [one.words.get(word, Tally()) for one in scored.values()]
            print(_report(word, tallies))  # noqa: T201


if __name__ == "__main__":
    main()
