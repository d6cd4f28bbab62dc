"""Two attempts at one talk, passage by passage, as rows of a page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sessions_app.coaching.schemas import Evidence
from sessions_app.display.moments import moment
from sessions_app.display.text import number, with_unit
from sessions_app.report import Report
from sessions_app.speech.changes import Aspect, Changes, changes
from sessions_app.speech.delivered import Delivered, counted_at, delivered
from sessions_app.speech.passages import Range
from sessions_app.speech.retakes import Pair, Take, paired
from sessions_app.stages.materials import WORD_TIMES
from sessions_app.stages.outputs import Timing


@dataclass(frozen=True, slots=True)
class AspectCell:
    """`then` and `now` as shown; `verdict` "better" or "worse", "" where more is neither and
    where the change is usual."""

    label: str
    then: str
    now: str
    beyond: bool | None
    verdict: str


@dataclass(frozen=True, slots=True)
class Beginning:
    """Of a passage in one attempt. `fragment` after the address of that talk goes to it, and is
    empty where no time is known."""

    quote: str
    clock: str
    fragment: str


@dataclass(frozen=True, slots=True)
class PassageRow:
    """`then` or `now` is `None` where that attempt does not have the passage."""

    then: Beginning | None
    now: Beginning | None
    aspects: tuple[AspectCell, ...]


@dataclass(frozen=True, slots=True)
class Passages:
    """`new` and `left_out` count rows. `judged` says that usual variation is known."""

    rows: tuple[PassageRow, ...]
    altogether: tuple[AspectCell, ...]
    new: int
    left_out: int
    judged: bool
    marked: bool


def passages(then: Report, now: Report) -> Passages:
    """Both reports are of the same language and neither is a draft."""
    pairs = paired(_take(then), _take(now), now.language)
    before = _measured(then, [pair.then for pair in pairs])
    measured = list(zip(before, _measured(now, [pair.now for pair in pairs]), strict=True))
    found = changes(measured)
    rows = tuple(_rows(then, now, pairs, measured, found))
    cells = [cell for row in rows for cell in row.aspects]
    return Passages(
        rows=rows,
        altogether=tuple(_altogether(found)),
        new=sum(row.then is None for row in rows),
        left_out=sum(row.now is None for row in rows),
        judged=any(cell.beyond is not None for cell in cells),
        marked=any(cell.beyond for cell in cells),
    )


def _take(report: Report) -> Take:
    return Take(report.words, report.sentences)


def _measured(report: Report, ranges: Iterable[Range | None]) -> list[Delivered | None]:
    judged = report.metrics is not None and report.metrics.fillers_total is not None
    fillers = counted_at(report.findings) if judged else None
    times = WORD_TIMES[Timing(report.timing)]
    return [
        delivered(report.words, passage, fillers, times) if passage else None for passage in ranges
    ]


def _rows(
    then: Report,
    now: Report,
    pairs: tuple[Pair, ...],
    measured: list[tuple[Delivered | None, Delivered | None]],
    found: Changes,
) -> Iterator[PassageRow]:
    for pair, sides, beyond in zip(pairs, measured, found.passages, strict=True):
        yield PassageRow(
            then=_beginning(then, pair.then),
            now=_beginning(now, pair.now),
            aspects=tuple(_cells(*sides, beyond)),
        )


def _beginning(report: Report, passage: Range | None) -> Beginning | None:
    if passage is None:
        return None
    at = moment(Evidence(*passage), report.words)
    return Beginning(at.quote, at.clock, "" if at.ms is None else f"#t={at.ms / 1000:g}")


def _cells(
    then: Delivered | None, now: Delivered | None, beyond: Mapping[Aspect, bool | None]
) -> Iterator[AspectCell]:
    """Nothing for a passage that only one attempt has, nor under what neither supports."""
    if then is None or now is None:
        return
    for aspect, shown in _SHOWN.items():
        old, new = shown.of(then), shown.of(now)
        if old is not None and new is not None:
            yield _cell(aspect, old, new, beyond.get(aspect), shown.written)


def _altogether(found: Changes) -> Iterator[AspectCell]:
    for aspect, each in found.altogether.items():
        shown = _SHOWN[aspect]
        cell = _cell(aspect, each.then, each.now, each.beyond, shown.mean_written)
        yield replace(cell, label=str(shown.mean_label))


@dataclass(frozen=True, slots=True)
class _Shown:
    """Of one passage, and as a mean over many, whose label has the unit."""

    label: Promise
    better: int
    of: Callable[[Delivered], float | None]
    written: Callable[[float], str]
    mean_label: Promise
    mean_written: Callable[[float], str]


def _cell(
    aspect: Aspect, then: float, now: float, beyond: bool | None, written: Callable[[float], str]
) -> AspectCell:
    shown = _SHOWN[aspect]
    gain = shown.better * (now - then) if beyond else 0
    verdict = "better" if gain > 0 else "worse" if gain < 0 else ""
    return AspectCell(str(shown.label), written(then), written(now), beyond, verdict)


_SHOWN: Mapping[Aspect, _Shown] = {
    Aspect.FILLERS: _Shown(
        gettext_lazy("Fillers"),
        -1,
        lambda passage: passage.fillers,
        number,
        gettext_lazy("Fillers in 100 words"),
        lambda value: number(value, 1),
    ),
    Aspect.PACE: _Shown(
        gettext_lazy("Pace"),
        0,
        lambda passage: passage.wpm,
        lambda value: with_unit(value, _("words/min")),
        gettext_lazy("Pace, words/min"),
        number,
    ),
    Aspect.PAUSES: _Shown(
        gettext_lazy("Silence"),
        0,
        lambda passage: passage.pause_share,
        lambda share: with_unit(share * 100, "%"),
        gettext_lazy("Silence, % of the time"),
        lambda share: number(share * 100),
    ),
}
