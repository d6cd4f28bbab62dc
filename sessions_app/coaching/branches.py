"""The branches of the hybrid. Each asks, keeps what it got in the readings, and returns why it
has nothing, or `None`."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager

from ai.errors import Malformed
from ai.questions import Deadline
from sessions_app.coaching.answers import WindowVerdicts
from sessions_app.coaching.asking import Asker
from sessions_app.coaching.assignment import Assignment
from sessions_app.coaching.failure import GRACE_SECONDS, LIMIT, Failure, outcome_of, worst
from sessions_app.coaching.prompts import (
    Purpose,
    coaching_question,
    review_question,
    verdicts_question,
)
from sessions_app.coaching.readings import Readings
from sessions_app.coaching.reviewing import reviewed
from sessions_app.coaching.schemas import Coaching, ContentReview
from sessions_app.coaching.situation import Situation
from sessions_app.coaching.verdicts import astray, candidates
from sessions_app.coaching.windows import Window
from sessions_app.coaching.written import Offer, coaching_of, violations

logger = logging.getLogger(__name__)


async def read_words(
    assignment: Assignment, asker: Asker, readings: Readings, deadline: Deadline
) -> Failure | None:
    """Verdicts on all windows at once. Failed when time ran out for one, or none has an answer."""
    asked = readings.to_ask(assignment)
    with _timed(assignment, f"words, {len(asked)} windows"):
        answers = await asyncio.gather(
            *(
                outcome_of(_verdicts(assignment, window, asker, deadline), deadline)
                for window in asked
            )
        )
    for window, answer in zip(asked, answers, strict=True):
        if isinstance(answer, Failure):
            readings.lost[window] = answer
        else:
            readings.windows[window] = answer
            readings.lost.pop(window, None)
    late = [failure for failure in readings.lost.values() if failure.reason == LIMIT]
    return worst(late) if readings.windows else worst([*readings.lost.values()])


async def read_content(
    assignment: Assignment, asker: Asker, readings: Readings, deadline: Deadline
) -> Failure | None:
    """The content review, unless it is switched off."""
    if not assignment.content_review or not readings.review_to_ask():
        return readings.review_lost
    with _timed(assignment, "content"):
        review = await outcome_of(_review(assignment, asker, deadline), deadline)
    if isinstance(review, Failure):
        logger.warning(
            "session %s: no content review: %s %s", assignment.name, review.reason, review.detail
        )
        readings.review_lost = review
        return review
    readings.review = review
    return None


async def write_first(
    assignment: Assignment, asker: Asker, readings: Readings, deadline: Deadline
) -> Failure | None:
    """Coaching from what the rules found."""
    situation = assignment.situation
    work = _coaching(assignment, situation, Purpose.COACHING, asker, deadline)
    with _timed(assignment, "coaching"):
        written = await outcome_of(work, deadline)
    if isinstance(written, Failure):
        return written
    readings.first = written
    return None


async def write_again(
    assignment: Assignment,
    situation: Situation,
    asker: Asker,
    readings: Readings,
    deadline: Deadline,
) -> Failure | None:
    """Coaching from `situation`, the talk as the second reading left it."""
    work = _coaching(assignment, situation, Purpose.COACHING_AGAIN, asker, deadline)
    with _timed(assignment, "coaching from validated findings"):
        written = await outcome_of(work, deadline)
    if isinstance(written, Failure):
        return written
    readings.again = written
    return None


async def _verdicts(
    assignment: Assignment, window: Window, asker: Asker, deadline: Deadline
) -> WindowVerdicts:
    """Asked once more when the answer is not about this window. Raises `ModelError`."""
    situation = assignment.situation
    offered = [
        finding
        for finding in candidates(situation.findings, situation.sounds)
        if window.holds(finding.start_word, finding.end_word - 1)
    ]
    for again in (False, True):
        question = verdicts_question(assignment, window, again=again)
        answer = await asker.complete(question, deadline)
        if not astray(window, answer, offered):
            return answer
    raise Malformed("verdicts on words that were not asked about")


async def _review(assignment: Assignment, asker: Asker, deadline: Deadline) -> ContentReview:
    """Asked once more when what carries it did not survive. Raises `ModelError`."""
    told: tuple[str, ...] = ()
    for _ in range(2):
        answer = await asker.complete(review_question(assignment, told), deadline)
        result = reviewed(answer, assignment.ground)
        if result.unresolved:
            logger.info(
                "session %s: %d pointers of the review led nowhere",
                assignment.name,
                result.unresolved,
            )
        if result.review is not None:
            return result.review
        told = result.violations
    raise Malformed("no main message that can be shown")


async def _coaching(
    assignment: Assignment,
    situation: Situation,
    purpose: Purpose,
    asker: Asker,
    deadline: Deadline,
) -> Coaching:
    """Asked once more with what was wrong; then what breaks the rules is left out.

    A second answer that cannot be had, or of which nothing is left, leaves the first.
    Raises `ModelError`.
    """
    offer = Offer.of(situation)
    answer = await asker.complete(
        coaching_question(assignment, situation, offer, purpose), deadline
    )
    wrong, first = violations(answer, offer), coaching_of(answer, situation, offer)
    if first is not None and not wrong:
        return first
    told = wrong or ("focus_areas: none of the topics offered",)
    logger.info("session %s: coaching asked again, %d violations", assignment.name, len(told))
    question = coaching_question(assignment, situation, offer, purpose, told)
    sooner = Deadline(deadline.at - GRACE_SECONDS)  # so that the first answer is not lost with it
    again = await outcome_of(asker.complete(question, sooner), sooner)
    second = None if isinstance(again, Failure) else coaching_of(again, situation, offer)
    for coaching in (second, first):
        if coaching is not None:
            return coaching
    raise Malformed("no coaching that can be shown")


@contextmanager
def _timed(assignment: Assignment, what: str) -> Iterator[None]:
    began = time.monotonic()
    yield
    logger.info("session %s: %s in %.2f s", assignment.name, what, time.monotonic() - began)
