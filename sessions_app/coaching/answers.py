"""What the model is asked to answer in the hybrid.

Words are given by their numbers in the transcript, `last` included: an answer never repeats
what was said. Field names are short because every answer repeats them.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from ai.questions import Answer
from sessions_app.coaching.schemas import StructurePart

Sure = Annotated[float, Field(ge=0, le=1)]
WordNumber = Annotated[int, Field(ge=0)]
Minutes = Annotated[int, Field(ge=1, le=60)]
Times = Annotated[int, Field(ge=1, le=14)]


class Verdict(Answer):
    """On one candidate; `why` is a few words."""

    first: WordNumber
    last: WordNumber
    sure: Sure
    why: str


class Missed(Answer):
    first: WordNumber
    last: WordNumber
    kind: Literal["filler", "repetition", "restart", "hedge"]
    sure: Sure
    why: str


class WindowVerdicts(Answer):
    """Only what changes: candidates that are none, possible ones that are, and missed ones."""

    rejected: list[Verdict]
    confirmed: list[Verdict]
    missed: list[Missed]


class RemarkAnswer(Answer):
    text: str
    first: WordNumber
    last: WordNumber


class PartAnswer(Answer):
    part: StructurePart
    first: WordNumber
    last: WordNumber


class PlaceAnswer(Answer):
    first: WordNumber
    last: WordNumber


class PointAnswer(Answer):
    """Words of the prompt, by its own numbers, and where the talk answers them."""

    first: WordNumber
    last: WordNumber
    answers: list[PlaceAnswer]


class ReviewAnswer(Answer):
    """Three strengths; no concern where there is none; no points without a prompt."""

    main_message: RemarkAnswer
    structure: RemarkAnswer
    parts: list[PartAnswer]
    strengths: list[RemarkAnswer]
    concern: RemarkAnswer | None
    points: list[PointAnswer]


class FocusAnswer(Answer):
    topic: str
    title: str
    what: str
    why: str
    exercise: str
    minutes: Minutes
    first: WordNumber
    last: WordNumber


class GoalAnswer(Answer):
    """`metric` is one of those offered; its value is ours."""

    metric: str
    text: str


class StepAnswer(Answer):
    text: str
    minutes: Minutes
    times_per_week: Times


class CoachingAnswer(Answer):
    """Texts carry slots such as {fillers_total} and no figures."""

    summary: str
    strengths: list[str]
    focus_areas: list[FocusAnswer]
    goal: GoalAnswer | None
    plan: list[StepAnswer]
    acknowledgement: str
