"""Scores, each read off its line with the talk's own operands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from sessions_app.display.content_review import PARTS
from sessions_app.display.earlier import Earlier, scores_before, usual_score
from sessions_app.display.names import BANDS, name_of
from sessions_app.display.numbers import norms
from sessions_app.display.numbers.changes import talks_with
from sessions_app.display.numbers.entry import Entry, Norm, Places, Talk, Way
from sessions_app.display.numbers.ground import Ground, listed
from sessions_app.display.numbers.score_lines import parts_that_count, score_lines
from sessions_app.display.scores import ScoreCard
from sessions_app.display.text import number
from sessions_app.speech.scores import BAND_FLOORS, WEIGHTS


def score_entries(
    ground: Ground,
    cards: Sequence[ScoreCard],
    rules: Mapping[str, str],
    earlier: Sequence[Earlier],
    unscored: str,
) -> tuple[Entry, ...]:
    """`unscored` says why there are none at all, and is empty where there are."""
    entries = (_entry(ground, card, rules[card.key], earlier) for card in cards)
    return tuple(replace(entry, missing=unscored or entry.missing) for entry in entries)


def _entry(ground: Ground, card: ScoreCard, rule: str, earlier: Sequence[Earlier]) -> Entry:
    there = card.value is not None
    lines = _lines(ground, card, earlier) if there and ground.same_formulas else ()
    way = Way(
        lines,
        _norm(card.key, ground),
        _parts(ground) if card.key == "structure" else (),
        _USES[card.key],
        _talks(ground, card.key, earlier) if there else (),
    )
    return Entry(
        key=f"score-{card.key}",
        label=_("Score: %(name)s") % {"name": card.label},
        value=number(card.value),
        rule=rule,
        way=way,
        missing="" if there else card.basis,
    )


def _lines(ground: Ground, card: ScoreCard, earlier: Sequence[Earlier]) -> tuple[str, ...]:
    return (*score_lines(card.key, ground), *_band(card), *_usual(ground, card.key, earlier))


def _talks(ground: Ground, name: str, earlier: Sequence[Earlier]) -> tuple[Talk, ...]:
    scores = ground.report.scores
    before = scores_before(earlier, name, scores) if scores else []
    return talks_with([(each, number(value)) for each, value in before])


def _parts(ground: Ground) -> tuple[Places, ...]:
    return listed(
        _("The parts that count, where the AI found them"),
        (
            ground.place(
                each.evidence.start_word, each.evidence.end_word, name_of(PARTS, each.part)
            )
            for each in parts_that_count(ground)
        ),
    )


def _band(card: ScoreCard) -> Iterator[str]:
    value = card.value or 0
    reached = next(((floor, band) for floor, band in BAND_FLOORS if value >= floor), None)
    if reached is None:
        floor, band = BAND_FLOORS[-1]
        text = _("rounded %(value)s, below %(floor)s (%(next)s): %(name)s")
        next_name = name_of(BANDS, band)
    else:
        floor, text, next_name = reached[0], _("rounded %(value)s, from %(floor)s on: %(name)s"), ""
    yield text % {
        "value": number(value),
        "floor": number(floor),
        "next": next_name,
        "name": card.band_name,
    }


def _usual(ground: Ground, name: str, earlier: Sequence[Earlier]) -> Iterator[str]:
    scores = ground.report.scores
    usual = usual_score(earlier, name, scores) if scores else None
    if scores is not None and usual is not None:
        values = [number(value) for _, value in scores_before(earlier, name, scores)]
        yield _("your usual: mean of %(values)s = %(usual)s") % {
            "values": ", ".join(values),
            "usual": number(usual.value),
        }


def _norm(key: str, ground: Ground) -> Norm | None:
    return {
        "pace": norms.pace(ground.norm),
        "fillers": norms.fillers(),
        "pauses": norms.pauses(),
        "variety": norms.pitch(),
    }.get(key)


_USES: Mapping[str, tuple[str, ...]] = {
    "overall": tuple(f"score-{name}" for name in WEIGHTS),
    "pace": ("wpm",),
    "fillers": ("fillers-total", "speaking-ms"),
    "pauses": (
        *(f"pauses-{name}" for name in ("good", "acceptable", "long", "very-long")),
        "speaking-ms",
    ),
    "variety": ("pitch-range-semitones", "vocabulary-variety"),
    "structure": (),
}
