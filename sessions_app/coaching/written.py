"""Coaching as the model wrote it, made fit to be shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from sessions_app.coaching.answers import CoachingAnswer, FocusAnswer
from sessions_app.coaching.evidence import QUOTE_WORDS
from sessions_app.coaching.faults import House, faults, folded, kept
from sessions_app.coaching.focus import MOST, offered
from sessions_app.coaching.focusing import Focus, quotable
from sessions_app.coaching.goals import aims
from sessions_app.coaching.progress import comparisons
from sessions_app.coaching.schemas import Coaching, Evidence, FocusArea, Goal, PlanStep
from sessions_app.coaching.situation import Situation
from sessions_app.coaching.slots import rendered, slot_names
from sessions_app.speech.metrics import Metrics

MOST_STRENGTHS = 3
MOST_STEPS = 4
LONGEST_TITLE = 90  # characters


@dataclass(frozen=True, slots=True)
class Offer:
    """What a coach may choose from, for one talk."""

    topics: Mapping[str, Focus]
    aims: Mapping[str, float]
    house: House

    @classmethod
    def of(cls, situation: Situation) -> Offer:
        topics = {focus.topic: focus for focus in offered(situation)}
        house = House(situation.language, slots_for(situation.metrics), folded(situation.words))
        return cls(topics, aims(situation, topics), house)


def slots_for(metrics: Metrics) -> frozenset[str]:
    """The slots whose measure is known; fillers only where their name may stand in a text."""
    names = [name for name in slot_names() if rendered(name, metrics) is not None]
    labels = [count.label for count in metrics.fillers_by_label if quotable(count.label)]
    return frozenset([*names, *(f"filler:{label}" for label in labels)])


def violations(answer: CoachingAnswer, offer: Offer) -> tuple[str, ...]:
    """What its writer has to do better, by the name of the field."""
    return tuple(
        f"{name}: {fault}"
        for name, text, house in _texts(answer, offer.house)
        for fault in faults(text, house)
    )


def coaching_of(answer: CoachingAnswer, situation: Situation, offer: Offer) -> Coaching | None:
    """The answer less what may not be shown; `None` when no focus area is left of those there
    could be, or no summary."""
    house, bare = offer.house, offer.house.without_slots().without_quotations()
    areas = _areas(answer, situation, offer)
    summary = kept(answer.summary, house)
    if not summary or (offer.topics and not areas):
        return None
    strengths = [text for strength in answer.strengths if (text := kept(strength, house))]
    steps = [PlanStep(kept(s.text, bare), s.minutes, s.times_per_week) for s in answer.plan]
    return Coaching(
        language=situation.language,
        summary=summary,
        strengths=tuple(strengths[:MOST_STRENGTHS]),
        focus_areas=areas,
        goal=_goal(answer, offer, bare),
        plan=tuple(step for step in steps if step.text)[:MOST_STEPS],
        acknowledgement=kept(answer.acknowledgement, house),
        comparisons=comparisons(situation),
    )


def brought_up_to_date(coaching: Coaching, situation: Situation) -> Coaching:
    """Coaching kept although findings changed: what is typed in it is of the talk as it stands."""
    goal = coaching.goal
    if goal is not None:
        value = Offer.of(situation).aims.get(goal.metric)
        goal = None if value is None else replace(goal, value=value)
    return replace(coaching, goal=goal, comparisons=comparisons(situation))


def _texts(answer: CoachingAnswer, house: House) -> Iterator[tuple[str, str, House]]:
    """Every text with its name and what holds for it: an instruction shows no measures, and may
    put words in the speaker's mouth."""
    bare = house.without_slots().without_quotations()
    yield "summary", answer.summary, house
    yield from ((f"strengths[{at}]", each, house) for at, each in enumerate(answer.strengths))
    for at, area in enumerate(answer.focus_areas):
        name = f"focus_areas[{at}]"
        yield f"{name}.title", area.title, bare
        yield f"{name}.what", area.what, house
        yield f"{name}.why", area.why, house
        yield f"{name}.exercise", area.exercise, bare
    if answer.goal is not None:
        yield "goal.text", answer.goal.text, bare
    yield from ((f"plan[{at}].text", step.text, bare) for at, step in enumerate(answer.plan))
    yield "acknowledgement", answer.acknowledgement, house


def _areas(answer: CoachingAnswer, situation: Situation, offer: Offer) -> tuple[FocusArea, ...]:
    """One to a topic, of the topics offered, with all that makes it useful."""
    areas: dict[str, FocusArea] = {}
    for given in answer.focus_areas:
        if given.topic in offer.topics and given.topic not in areas:
            area = _area(given, situation, offer)
            if area.title and area.what and area.exercise:
                areas[given.topic] = area
    return tuple(areas.values())[:MOST]


def _area(given: FocusAnswer, situation: Situation, offer: Offer) -> FocusArea:
    house, bare = offer.house, offer.house.without_slots().without_quotations()
    title = kept(given.title, bare)
    return FocusArea(
        topic=given.topic,
        title=title if len(title) <= LONGEST_TITLE else "",
        what=kept(given.what, house),
        why=kept(given.why, house),
        exercise=kept(given.exercise, bare),
        exercise_minutes=given.minutes,
        evidence=_evidence(given, situation, offer.topics[given.topic]),
    )


def _evidence(given: FocusAnswer, situation: Situation, focus: Focus) -> tuple[Evidence, ...]:
    """The moment pointed at; the rules' own for this topic where there is no such moment."""
    exists = 0 <= given.first <= given.last < len(situation.words)
    if exists and given.last - given.first < QUOTE_WORDS:
        return (Evidence(given.first, given.last + 1),)
    return focus.evidence


def _goal(answer: CoachingAnswer, offer: Offer, house: House) -> Goal | None:
    if answer.goal is None or answer.goal.metric not in offer.aims:
        return None
    text = kept(answer.goal.text, house)
    return Goal(text, answer.goal.metric, offer.aims[answer.goal.metric]) if text else None
