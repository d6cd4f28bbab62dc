"""What a model wrote of a talk that its speaker corrected: nothing the corrected report denies."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from sessions_app.coaching.agreement import compare
from sessions_app.coaching.faults import House, kept
from sessions_app.coaching.naming import names_fillers, quotes
from sessions_app.coaching.progress import comparisons, news_of
from sessions_app.coaching.rule_based import coach
from sessions_app.coaching.schemas import Coaching, Evidence, FocusArea
from sessions_app.coaching.sentences import sentences
from sessions_app.coaching.situation import Situation
from sessions_app.coaching.slots import fill
from sessions_app.coaching.written import Offer, brought_up_to_date
from sessions_app.speech.findings import Finding, FindingKind, FindingStatus
from sessions_app.speech.metrics import Metrics

ALIKE = 0.20
"""What is said in words of ten fillers may be said of eight and of twelve, but "none" of none."""

Holds = Callable[[str], bool]


def coached_again(coaching: Coaching, situation: Situation, told: Metrics) -> Coaching:
    """What was written of a talk with the metrics `told` stays, but for sentences that do not hold
    any more, and for focus areas that would not be offered any more.
    """
    ours = coach(situation)
    offer = Offer.of(situation)
    listed, overall = _lists_labels(situation, told), _speaks_of_fillers(situation, told)
    said = [_left(each, offer.house, listed, overall) for each in coaching.strengths]
    again = replace(
        brought_up_to_date(coaching, situation),
        summary=_left(coaching.summary, offer.house, listed, overall),
        strengths=tuple(each for each in said if each),
        focus_areas=tuple(_areas(coaching, situation, offer, listed)),
        acknowledgement=_left(coaching.acknowledgement, offer.house, listed, overall),
    )
    return _completed(again, ours, turned=_news_turned(situation, told))


def _lists_labels(situation: Situation, told: Metrics) -> Holds:
    """Whether a sentence quotes no filler that is none any more."""
    now = {entry.label for entry in situation.metrics.fillers_by_label}
    gone = {entry.label for entry in told.fillers_by_label} - now
    return lambda sentence: not quotes(sentence, gone)


def _speaks_of_fillers(situation: Situation, told: Metrics) -> Holds:
    """Whether a sentence can stand beside the fillers there are now, however it counts them."""
    before, now = told.fillers_total, situation.metrics.fillers_total
    if before is None or now is None or not compare(before, now, ALIKE).regenerate:
        return lambda sentence: True
    return lambda sentence: not names_fillers(sentence, situation.language)


def _left(text: str, house: House, *conditions: Holds) -> str:
    """The sentences of `text` that hold."""
    return " ".join(
        sentence
        for sentence in sentences(kept(text, house))
        if all(holds(sentence) for holds in conditions)
    )


def _areas(coaching: Coaching, situation: Situation, offer: Offer, holds: Holds) -> list[FocusArea]:
    offered = [area for area in coaching.focus_areas if area.topic in offer.topics]
    checked = [
        replace(
            area,
            what=_left(area.what, offer.house, holds),
            why=_left(area.why, offer.house, holds),
            evidence=_moments(area, situation, offer),
        )
        for area in offered
    ]
    return [area for area in checked if fill(area.what, situation.metrics, coaching.language)]


def _moments(area: FocusArea, situation: Situation, offer: Offer) -> tuple[Evidence, ...]:
    """Without those whose fillers were all dismissed; the rules' own where none is left."""
    if area.topic != "fillers" or not area.evidence:
        return area.evidence
    fillers = [found for found in situation.findings if found.kind is FindingKind.FILLER]
    counted = [found for found in fillers if found.status is FindingStatus.COUNTED]
    dismissed = [
        found
        for found in fillers
        if found.correction is not None and found.status is FindingStatus.REJECTED
    ]
    left = tuple(
        moment for moment in area.evidence if _has(moment, counted) or not _has(moment, dismissed)
    )
    return left or offer.topics[area.topic].evidence


def _has(moment: Evidence, findings: list[Finding]) -> bool:
    return any(
        found.start_word < moment.end_word and moment.start_word < found.end_word
        for found in findings
    )


def _news_turned(situation: Situation, told: Metrics) -> bool:
    before = replace(situation, metrics=told)
    return news_of(comparisons(before), before) != news_of(comparisons(situation), situation)


def _completed(coaching: Coaching, ours: Coaching, *, turned: bool) -> Coaching:
    """With our own sentences for those that nothing is left of, where we have the language."""
    if ours.language != coaching.language[:2].casefold():
        return replace(coaching, acknowledgement="") if turned else coaching
    return replace(
        coaching,
        summary=coaching.summary or ours.summary,
        acknowledgement=ours.acknowledgement if turned else coaching.acknowledgement,
    )
