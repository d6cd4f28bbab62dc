"""Coaching on a talk that its speaker corrected: it says nothing the corrected report denies."""

from __future__ import annotations

from dataclasses import replace

from sessions_app.coaching.faults import House, kept
from sessions_app.coaching.rule_based import coach
from sessions_app.coaching.schemas import Coaching, FocusArea
from sessions_app.coaching.situation import Situation
from sessions_app.coaching.slots import fill
from sessions_app.coaching.written import Offer, brought_up_to_date


def coached_again(coaching: Coaching, situation: Situation, *, by_rules: bool) -> Coaching:
    """Sentences written beforehand are chosen again. What a model wrote stays, but for sentences
    with quotations that nobody said, and for focus areas that would not be offered any more.
    """
    if by_rules:
        return coach(situation)
    offer = Offer.of(situation)
    checked = (_checked(area, offer.house) for area in coaching.focus_areas)
    return replace(
        brought_up_to_date(coaching, situation),
        summary=kept(coaching.summary, offer.house),
        strengths=tuple(text for each in coaching.strengths if (text := kept(each, offer.house))),
        focus_areas=tuple(
            area
            for area in checked
            if area.topic in offer.topics and fill(area.what, situation.metrics)
        ),
        acknowledgement=kept(coaching.acknowledgement, offer.house),
    )


def _checked(area: FocusArea, house: House) -> FocusArea:
    return replace(area, what=kept(area.what, house), why=kept(area.why, house))
