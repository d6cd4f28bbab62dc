"""Evaluations as JSON and as a table: rates with 95 % intervals, and counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sessions_app.speech.evaluation import Evaluation, Tally, pooled
from sessions_app.speech.intervals import Interval, intervals

Numbers = dict[str, float | int | dict[str, Interval] | None]
_RATES = ("precision", "recall", "F1")
_COUNTS = ("right", "wrong", "missed")


def as_json(parts: Sequence[Evaluation]) -> dict[str, Numbers | dict[str, Numbers]]:
    """Of all parts together: `overall`, and `words` by word."""
    return {
        "overall": _numbers([part.overall for part in parts]),
        "words": {word: _numbers(_of(word, parts)) for word in sorted(pooled(parts).words)},
    }


def table(parts: Sequence[Evaluation]) -> Iterator[str]:
    """A line for each word, the most found first, and one for all."""
    yield f"{'word':<36}" + "".join(f"{name:>24}" for name in _RATES) + _right(_COUNTS)
    words = pooled(parts).words
    for word in sorted(words, key=lambda word: (-words[word].true_positives, word)):
        yield _line(word, _of(word, parts))
    yield overall_line("overall", parts)


def overall_line(name: str, parts: Sequence[Evaluation]) -> str:
    return _line(name, [part.overall for part in parts])


def _of(word: str, parts: Sequence[Evaluation]) -> list[Tally]:
    return [part.words.get(word, Tally()) for part in parts]


def _numbers(tallies: Sequence[Tally]) -> Numbers:
    total = _total(tallies)
    return {
        "precision": total.precision,
        "recall": total.recall,
        "f1": total.f1,
        "true_positives": total.true_positives,
        "false_positives": total.false_positives,
        "false_negatives": total.false_negatives,
        "interval_95": intervals(tallies)._asdict(),
    }


def _line(name: str, tallies: Sequence[Tally]) -> str:
    total = _total(tallies)
    around = intervals(tallies)
    rates = (
        _rate(total.precision, around.precision),
        _rate(total.recall, around.recall),
        _rate(total.f1, around.f1),
    )
    counts = (total.true_positives, total.false_positives, total.false_negatives)
    return f"{name:<36}" + "".join(f"{rate:>24}" for rate in rates) + _right(counts)


def _total(tallies: Sequence[Tally]) -> Tally:
    total = Tally()
    for tally in tallies:
        total.add(tally)
    return total


def _right(cells: Sequence[str | int]) -> str:
    return "".join(f"{cell:>8}" for cell in cells)


def _rate(value: float | None, around: Interval) -> str:
    if value is None or around.low is None or around.high is None:
        return "–"
    return f"{value:.4f} ({around.low:.3f}–{around.high:.3f})"
