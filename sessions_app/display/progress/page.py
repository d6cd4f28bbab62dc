"""Everything the progress page shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts_app.models import User
from sessions_app.display.progress.bests import Bests, bests
from sessions_app.display.progress.chart import chart
from sessions_app.display.progress.choice import ProgressChoice
from sessions_app.display.progress.goals import GoalLine, goals
from sessions_app.display.progress.measures import MEASURES, PARTS, Followed, Range
from sessions_app.display.progress.reading import Reading, reading, too_few
from sessions_app.display.progress.series import points
from sessions_app.display.progress.talks import Reported, Talk, norm_for, reported
from sessions_app.speech.norms import PaceNorm

DRAWN = 2
"""Talks from which on there is something to draw."""


@dataclass(frozen=True, slots=True)
class Row:
    """One talk in the table of a measure; `usual` is empty where it is not known."""

    talk: Talk
    value: str
    usual: str
    beyond: bool


@dataclass(frozen=True, slots=True)
class Card:
    """One measure. `held` says what its values are held against, empty for nothing."""

    key: str
    label: str
    newest: Row
    reading: Reading
    held: str
    chart: SafeString | None
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class ProgressPage:
    """`shown` of the `talks` that fit the choice; `left_out` says which of them are in no chart.

    `too_few` says how many more talks it takes until something can be said at all.
    """

    shown: int
    talks: int
    left_out: Reported
    too_few: str
    measures: tuple[Card, ...]
    parts: tuple[Card, ...]
    bests: Bests
    goals: tuple[GoalLine, ...]


def progress_page(owner: User, choice: ProgressChoice) -> ProgressPage:
    found = reported(owner, choice.language, choice.kind)
    of_kind = [talk for talk in found.talks if choice.kind in ("", talk.kind)]
    since = [talk for talk in of_kind if _in_time(talk, choice)]
    shown = tuple(since[-choice.last :])
    norm = norm_for(shown)

    def cards(measures: Sequence[Followed]) -> tuple[Card, ...]:
        made = (_card(measure, found.talks, shown, norm) for measure in measures)
        return tuple(card for card in made if card is not None)

    return ProgressPage(
        shown=len(shown),
        talks=len(since),
        left_out=found,
        too_few=too_few(len(shown)),
        measures=cards(MEASURES),
        parts=cards(PARTS),
        bests=bests(of_kind),
        goals=goals(found.talks, shown),
    )


def _in_time(talk: Talk, choice: ProgressChoice) -> bool:
    return choice.since is None or localdate(talk.created_at) >= choice.since


def _card(
    measure: Followed, talks: Sequence[Talk], shown: Sequence[Talk], norm: PaceNorm
) -> Card | None:
    """`None` for a measure that none of the talks has."""
    found = points(measure, talks, shown)
    if not found:
        return None
    held = measure.range(norm)
    rows = tuple(
        Row(
            point.talk,
            measure.written(point.value),
            _between(measure, Range(max(0.0, point.usual.low), point.usual.high))
            if point.usual
            else "",
            point.beyond,
        )
        for point in reversed(found)
    )
    return Card(
        key=measure.key,
        label=str(measure.label),
        newest=rows[0],
        reading=reading(measure, [point.value for point in found], norm),
        held=_held(measure, held) if held else "",
        chart=chart(measure, found, shown, held) if len(found) >= DRAWN else None,
        rows=rows,
    )


def _held(measure: Followed, held: Range) -> str:
    return f"{_between(measure, held)} {measure.unit or ''}".rstrip()


def _between(measure: Followed, held: Range) -> str:
    if held.low is None and held.high is not None:
        return _("up to %(high)s") % {"high": measure.short(held.high)}
    if held.high is None and held.low is not None:
        return _("at least %(low)s") % {"low": measure.short(held.low)}
    assert held.low is not None
    assert held.high is not None
    return _("%(low)s to %(high)s") % {
        "low": measure.short(held.low),
        "high": measure.short(held.high),
    }
