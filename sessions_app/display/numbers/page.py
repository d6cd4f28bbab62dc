"""Everything the page of one talk's numbers shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from sessions_app.display.coaching import coaching_card
from sessions_app.display.earlier import Earlier
from sessions_app.display.measures import Measure, measure_groups
from sessions_app.display.numbers import fillers, pace, silences, voice, wording
from sessions_app.display.numbers.changes import change_entries
from sessions_app.display.numbers.counts import (
    findings_entry,
    relevance_entries,
    talk_was_corrected,
)
from sessions_app.display.numbers.entry import Entry, Group, Link, Way
from sessions_app.display.numbers.goal import goal_entries
from sessions_app.display.numbers.ground import Ground, ground_of
from sessions_app.display.numbers.missing import why_missing
from sessions_app.display.numbers.scored import score_entries
from sessions_app.display.score_rules import rules_by_key
from sessions_app.display.scores import score_cards, why_unscored
from sessions_app.report import Report
from sessions_app.speech.norms import PaceNorm
from sessions_app.stages.outputs import TextSource


@dataclass(frozen=True, slots=True)
class NumbersPage:
    """`outdated`: measured by formulas of another version, so that no arithmetic is shown."""

    groups: tuple[Group, ...]
    draft: bool
    outdated: bool
    corrected: str


def numbers_page(
    report: Report, norm: PaceNorm, earlier: tuple[Earlier, ...] = ()
) -> NumbersPage | None:
    """Beside the `earlier` talks, newest first. `None` before there are measures."""
    ground = ground_of(report, norm)
    if ground is None:
        return None
    groups = tuple(group for group in _groups(ground, earlier) if group.entries)
    return NumbersPage(
        groups=_linked(groups),
        draft=report.source == TextSource.DRAFT,
        outdated=not ground.same_formulas,
        corrected=talk_was_corrected(ground),
    )


def _linked(groups: tuple[Group, ...]) -> tuple[Group, ...]:
    """Each number with links to those of the page it is computed from."""
    labels = {entry.key: entry.label for group in groups for entry in group.entries}

    def linked(entry: Entry) -> Entry:
        uses = (Link(key, labels[key]) for key in entry.way.uses if key in labels)
        return replace(entry, uses=tuple(uses))

    return tuple(Group(each.title, tuple(map(linked, each.entries))) for each in groups)


def _groups(ground: Ground, earlier: tuple[Earlier, ...]) -> tuple[Group, ...]:
    card = coaching_card(ground.report)
    ways = _ways(ground)
    measured = tuple(
        Group(group.title, tuple(_measured(each, ground, ways) for each in group.measures))
        for group in measure_groups(ground.metrics)
    )
    return (
        Group(_("Scores"), _scores(ground, earlier)),
        *measured,
        Group(_("Beside your earlier talks"), change_entries(ground, earlier)),
        Group(_("Goal"), goal_entries(ground, card.goal if card else None)),
        Group(_("Findings"), (findings_entry(ground), *relevance_entries(ground))),
    )


def _scores(ground: Ground, earlier: tuple[Earlier, ...]) -> tuple[Entry, ...]:
    """None before the scoring."""
    if ground.report.scores is None:
        return ()
    cards = score_cards(ground.report.scores, ground.metrics, earlier)
    rules = rules_by_key(ground.norm, tuple(card.key for card in cards))
    nothing = why_unscored(ground.metrics) if all(card.value is None for card in cards) else ""
    return score_entries(ground, cards, rules, earlier, nothing)


def _ways(ground: Ground) -> Mapping[str, Way]:
    if not ground.same_formulas:
        return {}
    rooms = (pace, fillers, silences, voice, wording)
    return {key: way for room in rooms for key, way in room.ways(ground).items()}


def _measured(measure: Measure, ground: Ground, ways: Mapping[str, Way]) -> Entry:
    missing = why_missing(measure.key, ground) if _is_missing(measure.key, ground) else ""
    way = ways.get(measure.key, Way())
    return Entry(measure.key, measure.label, measure.value, measure.how, way, missing)


def _is_missing(key: str, ground: Ground) -> bool:
    """Whether the field of `Metrics` behind a key has no value."""
    head, _dash, tail = key.partition("-")
    if head == "pauses":
        counts = ground.metrics.pauses
        return counts is None or getattr(counts, tail.replace("-", "_")) is None
    return getattr(ground.metrics, key.replace("-", "_")) is None
