"""The questions of the hybrid: instructions that never change, and the data of one talk.

Instructions are files in `instructions/`, the same for every talk, so that a server can keep
what it computed for them, and long enough for that. A change of one of them is a new version.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from functools import cache
from pathlib import Path

from ai.questions import Question
from sessions_app.coaching.answers import CoachingAnswer, ReviewAnswer, WindowVerdicts
from sessions_app.coaching.assignment import Assignment
from sessions_app.coaching.material import coaching_data, review_data, verdicts_data
from sessions_app.coaching.situation import Situation
from sessions_app.coaching.windows import MOST_WORDS, REACH_WORDS, Window
from sessions_app.coaching.written import Offer

_FOLDER = Path(__file__).with_name("instructions")


class Purpose(StrEnum):
    VERDICTS = "verdicts"
    REVIEW = "review"
    COACHING = "coaching"
    COACHING_AGAIN = "coaching_again"  # from the findings of the second reading


PROMPT_VERSIONS = {
    Purpose.VERDICTS: "verdicts-3",
    Purpose.REVIEW: "review-3",
    Purpose.COACHING: "coaching-1",
    Purpose.COACHING_AGAIN: "coaching-1",
}

_INSTRUCTIONS = {purpose: purpose.value for purpose in Purpose} | {
    Purpose.COACHING_AGAIN: Purpose.COACHING.value
}

_TOKENS = {
    Purpose.VERDICTS: 2_000,
    Purpose.REVIEW: 2_500,
    Purpose.COACHING: 4_000,
    Purpose.COACHING_AGAIN: 4_000,
}
"""Most of an answer: about three times a long one, for models that think aloud before it. Verdicts
have it once for every window that theirs stands for."""

_MOST_TOKENS = 16_000
"""Of any answer; servers refuse a question that allows more than their model can write (16,384 of
gpt-4o)."""


@cache
def instructions(purpose: Purpose) -> str:
    return (_FOLDER / f"{_INSTRUCTIONS[purpose]}.txt").read_text(encoding="utf-8")


def verdicts_question(
    assignment: Assignment, window: Window, *, again: bool = False
) -> Question[WindowVerdicts]:
    """`again`: the first answer was not about this window."""
    purpose = Purpose.VERDICTS
    return Question(
        purpose=purpose,
        model=assignment.analysis_model,
        prompt_version=PROMPT_VERSIONS[purpose],
        instructions=instructions(purpose),
        data=verdicts_data(assignment, window),
        answer=WindowVerdicts,
        max_output_tokens=_room(window),
        salt=_salt(assignment, again=again),
    )


def review_question(
    assignment: Assignment, violations: Sequence[str] = ()
) -> Question[ReviewAnswer]:
    purpose = Purpose.REVIEW
    return Question(
        purpose=purpose,
        model=assignment.analysis_model,
        prompt_version=PROMPT_VERSIONS[purpose],
        instructions=instructions(purpose),
        data=review_data(assignment, violations),
        answer=ReviewAnswer,
        max_output_tokens=_TOKENS[purpose],
        salt=_salt(assignment, again=bool(violations)),
    )


def coaching_question(
    assignment: Assignment,
    situation: Situation,
    offer: Offer,
    purpose: Purpose,
    violations: Sequence[str] = (),
) -> Question[CoachingAnswer]:
    return Question(
        purpose=purpose,
        model=assignment.coaching_model,
        prompt_version=PROMPT_VERSIONS[purpose],
        instructions=instructions(purpose),
        data=coaching_data(assignment, situation, offer, violations),
        answer=CoachingAnswer,
        max_output_tokens=_TOKENS[purpose],
        salt=_salt(assignment, again=bool(violations)),
    )


def _room(window: Window) -> int:
    """Tokens, by the words to be judged."""
    longest = MOST_WORDS + 2 * REACH_WORDS
    return min(_MOST_TOKENS, -(-window.size // longest) * _TOKENS[Purpose.VERDICTS])


def _salt(assignment: Assignment, *, again: bool) -> str:
    return f"{assignment.salt} again {assignment.again}" if again else assignment.salt
