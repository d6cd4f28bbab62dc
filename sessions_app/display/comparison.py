"""This talk beside the owner's talk before it, and beside what is usual for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import fmean

from django.utils.translation import gettext as _

from sessions_app import codec
from sessions_app.display.earlier import Earlier
from sessions_app.display.text import clock, number
from sessions_app.models import PracticeSession, RunMetrics
from sessions_app.speech.baseline import usual_variation
from sessions_app.speech.scores import Scores

MIN_COMPARED = 2
MIN_USUAL = 2
"""Of one talk before, the mean is that talk."""
SECOND_MS = 1000
OVERALL = "overall_score"
_COMPARED = (OVERALL, "wpm", "fillers_per_minute", "duration_ms")


@dataclass(frozen=True, slots=True)
class ComparedMeasure:
    """`change` is signed, empty where one side is missing; `verdict` is "", "better" or "worse".

    `key` is where the page of numbers explains it, of this talk and of the one before. `usual` is
    the mean of the last talks, empty where there are too few; `beyond` says that this talk lies
    further from it than talks usually do.
    """

    key: str
    label: str
    now: str
    before: str
    change: str
    verdict: str
    usual: str = ""
    beyond: bool = False


@dataclass(frozen=True, slots=True)
class Comparison:
    """`talks` is of how many the usual values are the mean, 0 without any."""

    previous: PracticeSession
    measures: tuple[ComparedMeasure, ...]
    talks: int = 0


def compare(now: RunMetrics, earlier: Sequence[Earlier]) -> Comparison | None:
    """With the newest of the `earlier` talks and the mean of all; `None` without one, or where
    hardly a measure is known of both. Overall scores that are means of other scores are left out.
    """
    if not earlier:
        return None
    previous, before = earlier[0].session, earlier[0].row
    rows = dict(zip(_COMPARED, _rows(now, before), strict=True))
    parts = codec.load(Scores, now.scores).parts
    if earlier[0].scores.parts != parts:
        del rows[OVERALL]
    if sum(_known(now, before, name) for name in rows) < MIN_COMPARED:
        return None
    if len(earlier) < MIN_USUAL:
        return Comparison(previous, tuple(rows.values()))
    alike = [each.row for each in earlier if each.scores.parts == parts]
    every = [each.row for each in earlier]
    beside = (
        _beside_usual(row, name, now, alike if name == OVERALL else every)
        for name, row in rows.items()
    )
    return Comparison(previous, tuple(beside), len(earlier))


def _beside_usual(
    row: ComparedMeasure, name: str, now: RunMetrics, earlier: Sequence[RunMetrics]
) -> ComparedMeasure:
    values = [value for each in earlier if (value := getattr(each, name)) is not None]
    if len(values) < MIN_USUAL:
        return row
    mean, variation, value = fmean(values), usual_variation(values), getattr(now, name)
    beyond = variation is not None and value is not None and abs(value - mean) > variation
    return replace(row, usual=_written(name, mean), beyond=beyond)


def _written(name: str, value: float) -> str:
    if name == "duration_ms":
        return clock(round(value))
    return number(value, 1 if name == "fillers_per_minute" else 0)


def _known(now: RunMetrics, before: RunMetrics, name: str) -> bool:
    return getattr(now, name) is not None and getattr(before, name) is not None


def _rows(now: RunMetrics, before: RunMetrics) -> tuple[ComparedMeasure, ...]:
    return (
        compared(
            "score-overall", _("Overall score"), now.overall_score, before.overall_score, better=1
        ),
        compared("wpm", _("Pace, words/min"), now.wpm, before.wpm),
        compared(
            "fillers-per-minute",
            _("Fillers per minute"),
            now.fillers_per_minute,
            before.fillers_per_minute,
            better=-1,
            decimals=1,
        ),
        compared_lengths("duration-ms", _("Length"), now.duration_ms, before.duration_ms),
    )


def compared(
    key: str,
    label: str,
    now: float | None,
    before: float | None,
    *,
    better: int = 0,
    decimals: int = 0,
) -> ComparedMeasure:
    """`better` is the sign of an improvement, 0 where more is neither good nor bad."""
    change = "" if now is None or before is None else _signed(now, before, decimals)
    gain = better * (round(now or 0, decimals) - round(before or 0, decimals)) if change else 0
    verdict = "better" if gain > 0 else "worse" if gain < 0 else ""
    return ComparedMeasure(
        key, label, number(now, decimals), number(before, decimals), change, verdict
    )


def compared_lengths(
    key: str, label: str, now: float | None, before: float | None
) -> ComparedMeasure:
    """Lengths in ms, as m:ss; longer is neither good nor bad."""
    seconds = [None if value is None else int(value) // SECOND_MS for value in (now, before)]
    shown = [clock(None if value is None else value * SECOND_MS) for value in seconds]
    if seconds[0] is None or seconds[1] is None:
        return ComparedMeasure(key, label, shown[0], shown[1], "", "")
    longer = seconds[0] - seconds[1]
    size = clock(abs(longer) * SECOND_MS)
    change = f"{'+' if longer > 0 else '−'}{size}" if longer else _("same")
    return ComparedMeasure(key, label, shown[0], shown[1], change, "")


def _signed(now: float, before: float, decimals: int) -> str:
    """The difference of the figures as shown, so that the row adds up."""
    difference = round(round(now, decimals) - round(before, decimals), decimals)
    if difference == 0:
        return _("same")
    return ("+" if difference > 0 else "−") + number(abs(difference), decimals)
