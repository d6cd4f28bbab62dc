"""The second reader's view of the content as a card: every remark with where it can be heard."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sessions_app.coaching.schemas import ContentReview, Remark, StructurePart
from sessions_app.display.moments import Moment, moment
from sessions_app.display.names import name_of
from sessions_app.report import Report
from sessions_app.speech.words import Word

PARTS: Mapping[str, Promise] = {
    StructurePart.OPENING: _("Opening"),
    StructurePart.MAIN_MESSAGE: _("Main message"),
    StructurePart.TRANSITION: _("Transition"),
    StructurePart.EXAMPLE: _("Example"),
    StructurePart.CLOSING: _("Closing"),
}


@dataclass(frozen=True, slots=True)
class RemarkLine:
    text: str
    moments: tuple[Moment, ...]


@dataclass(frozen=True, slots=True)
class PartLine:
    name: str
    moment: Moment


@dataclass(frozen=True, slots=True)
class ReviewCard:
    language: str
    main_message: RemarkLine
    structure: RemarkLine
    parts: tuple[PartLine, ...]
    strengths: tuple[RemarkLine, ...]
    concern: RemarkLine | None


def review_card(report: Report) -> ReviewCard | None:
    """`None` where nobody reviewed the content."""
    return _card(report.review, report.words) if report.review else None


def _card(review: ContentReview, words: tuple[Word, ...]) -> ReviewCard:
    return ReviewCard(
        language=review.language,
        main_message=_line(review.main_message, words),
        structure=_line(review.structure, words),
        parts=tuple(
            PartLine(name_of(PARTS, found.part), moment(found.evidence, words))
            for found in review.parts
        ),
        strengths=tuple(_line(strength, words) for strength in review.strengths),
        concern=_line(review.concern, words) if review.concern else None,
    )


def _line(remark: Remark, words: tuple[Word, ...]) -> RemarkLine:
    return RemarkLine(remark.text, tuple(moment(found, words) for found in remark.evidence))
