"""Coaching as stored: text with named slots instead of figures, and evidence as word ranges.

No text here carries a digit or a number word from "two" up. A quantity is a slot such as
`{fillers_total}`, filled from the metrics when shown (`coaching.slots`), or a typed field.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sessions_app.speech.relevance import Point


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words `start_word` up to, not including, `end_word` of the run's transcript."""

    start_word: int
    end_word: int


@dataclass(frozen=True, slots=True)
class FocusArea:
    topic: str  # "fillers", "pace", "pauses", "variety", "repetition", "hedges", …
    title: str
    what: str
    why: str
    exercise: str
    exercise_minutes: int
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Goal:
    """`metric` names a field of `Metrics`; `value` is what to reach, in that field's unit."""

    text: str
    metric: str
    value: float


@dataclass(frozen=True, slots=True)
class PlanStep:
    text: str
    minutes: int
    times_per_week: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """A field of `Metrics` in the speaker's earlier talks; now is in this talk's metrics.

    `earlier` is the mean over `talks` talks, in the field's unit. `beyond_usual` tells whether
    the change exceeds the speaker's usual variation, `None` with too few talks to know.
    """

    metric: str
    earlier: float
    talks: int
    beyond_usual: bool | None


class StructurePart(StrEnum):
    OPENING = "opening"  # says what the talk is about, or why it matters
    MAIN_MESSAGE = "main_message"
    TRANSITION = "transition"
    EXAMPLE = "example"
    CLOSING = "closing"  # sums up, or asks for something


@dataclass(frozen=True, slots=True)
class Remark:
    """One observation on the content, and where it can be heard."""

    text: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class PartFound:
    part: StructurePart
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class ContentReview:
    """What a second reader makes of the content: no score, no figure, all of it with evidence.

    `points` are what the practice prompt asks for, as the reader divides it.
    """

    language: str
    main_message: Remark
    structure: Remark
    parts: tuple[PartFound, ...]
    strengths: tuple[Remark, ...]
    concern: Remark | None
    points: tuple[Point, ...] = ()


@dataclass(frozen=True, slots=True)
class Coaching:
    """At most three focus areas, most useful first."""

    language: str
    summary: str
    strengths: tuple[str, ...]
    focus_areas: tuple[FocusArea, ...]
    goal: Goal | None
    plan: tuple[PlanStep, ...]
    acknowledgement: str
    comparisons: tuple[Comparison, ...] = ()
