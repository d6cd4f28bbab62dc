"""The talk beside its practice prompt: what of it is answered, and where."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sessions_app.coaching.schemas import Evidence
from sessions_app.display.moments import Moment, moment
from sessions_app.display.text import number
from sessions_app.models import PracticeSession
from sessions_app.report import Report
from sessions_app.speech.foreign import is_foreign
from sessions_app.speech.key_words import key_words
from sessions_app.speech.relevance import Point, Relevance, RelevanceSource
from sessions_app.speech.stems import Stemmer
from sessions_app.stages.outputs import TextSource

PLACES = 2
"""Quoted for one point; the others say no more."""

AROUND = 3
"""Words quoted on either side of a key word, which alone would say nothing."""


@dataclass(frozen=True, slots=True)
class PointLine:
    """`moments` are empty where the talk does not answer the point."""

    text: str
    moments: tuple[Moment, ...]


@dataclass(frozen=True, slots=True)
class RelevanceCard:
    """`reason` says what `value`, from 0 to 1, was counted from, or why there is none."""

    value: str
    reason: str
    by_ai: bool
    points: tuple[PointLine, ...]


def relevance_card(session: PracticeSession, report: Report) -> RelevanceCard | None:
    """`None` for a talk without a prompt, and before it was held against it."""
    if not session.prompt.strip() or report.metrics is None:
        return None
    found = report.relevance
    if found is None:
        return RelevanceCard("", _why_unknown(session, report), False, ())
    by_ai = found.source is RelevanceSource.AI
    around = 0 if by_ai else AROUND
    points = tuple(_line(point, report, around) for point in found.points)
    return RelevanceCard(number(found.value, 2), _reason(found), by_ai, points)


def _line(point: Point, report: Report, around: int) -> PointLine:
    last = len(report.words)
    places = (
        Evidence(max(0, start - around), min(last, end + around))
        for start, end in point.places[:PLACES]
    )
    return PointLine(point.text, tuple(moment(place, report.words) for place in places))


def _reason(found: Relevance) -> str:
    total, answered = len(found.points), sum(bool(point.places) for point in found.points)
    if found.source is RelevanceSource.AI:
        text = ngettext(
            "Your talk answers %(answered)s of the %(total)s thing the prompt asks for.",
            "Your talk answers %(answered)s of the %(total)s things the prompt asks for.",
            total,
        )
    else:
        text = ngettext(
            "Your talk mentions %(answered)s of the %(total)s key word of the prompt.",
            "Your talk mentions %(answered)s of the %(total)s key words of the prompt.",
            total,
        )
    return text % {"answered": answered, "total": total}


def _why_unknown(session: PracticeSession, report: Report) -> str:
    if report.source == TextSource.DRAFT:
        return _("The words are a rough draft, too often wrong to be held against the prompt.")
    wanted = key_words(session.prompt, report.language, Stemmer(report.language))
    if wanted is None:
        return _("Key words of a prompt are not known in this language, and no AI read it.")
    if is_foreign(session.prompt, report.language):
        return _("The prompt is in another language than the talk, and no AI read it.")
    if not wanted:
        return _("The prompt names nothing in particular that a talk could be held against.")
    return _("This report was made before talks were held against it. Process the talk again.")
