"""The coaching as a card: slots filled, evidence quoted, the goal beside where the talk stands."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sessions_app.coaching.schemas import Coaching, Comparison, FocusArea, Goal, PlanStep
from sessions_app.coaching.slots import fill_coaching
from sessions_app.display.measures import key_of
from sessions_app.display.metrics import Writing, reading_of
from sessions_app.display.moments import Moment, moment
from sessions_app.display.text import number
from sessions_app.report import Report
from sessions_app.speech.metrics import Metrics
from sessions_app.speech.words import Word

MAX_MOMENTS = 4


@dataclass(frozen=True, slots=True)
class FocusCard:
    title: str
    what: str
    why: str
    exercise: str
    minutes: int
    moments: tuple[Moment, ...]


@dataclass(frozen=True, slots=True)
class GoalCard:
    key: str
    text: str
    measure: str
    now: str
    target: str


@dataclass(frozen=True, slots=True)
class ProgressLine:
    """A measure beside its mean over `talks` earlier ones.

    `beyond_usual` is `None` with too few of them to know a usual variation by.
    """

    key: str
    measure: str
    earlier: str
    now: str
    talks: int
    beyond_usual: bool | None


@dataclass(frozen=True, slots=True)
class CoachingCard:
    language: str
    summary: str
    acknowledgement: str
    progress: tuple[ProgressLine, ...]
    strengths: tuple[str, ...]
    focus: tuple[FocusCard, ...]
    goal: GoalCard | None
    plan: tuple[PlanStep, ...]


def coaching_card(report: Report) -> CoachingCard | None:
    """`None` before there is coaching, and measures to fill it with."""
    coaching = filled_coaching(report)
    if coaching is None or report.metrics is None:
        return None
    return CoachingCard(
        language=coaching.language,
        summary=coaching.summary,
        acknowledgement=coaching.acknowledgement,
        progress=tuple(_progress(moved, report.metrics) for moved in coaching.comparisons),
        strengths=coaching.strengths,
        focus=tuple(_focus(area, report.words) for area in coaching.focus_areas),
        goal=_goal(coaching.goal, report.metrics) if coaching.goal else None,
        plan=coaching.plan,
    )


def filled_coaching(report: Report) -> Coaching | None:
    if report.coaching is None or report.metrics is None:
        return None
    return fill_coaching(report.coaching, report.metrics)


def with_filled_coaching(report: Report) -> Report:
    return replace(report, coaching=filled_coaching(report))


def _focus(area: FocusArea, words: tuple[Word, ...]) -> FocusCard:
    return FocusCard(
        title=area.title,
        what=area.what,
        why=area.why,
        exercise=area.exercise,
        minutes=area.exercise_minutes,
        moments=tuple(moment(evidence, words) for evidence in area.evidence[:MAX_MOMENTS]),
    )


def _progress(moved: Comparison, metrics: Metrics) -> ProgressLine:
    measure, written, now = _measure(moved.metric, metrics)
    return ProgressLine(
        key_of(moved.metric), measure, written(moved.earlier), now, moved.talks, moved.beyond_usual
    )


def _goal(goal: Goal, metrics: Metrics) -> GoalCard:
    measure, written, now = _measure(goal.metric, metrics)
    return GoalCard(
        key=key_of(goal.metric),
        text=goal.text,
        measure=measure,
        now=now,
        target=written(goal.value),
    )


def _measure(metric: str, metrics: Metrics) -> tuple[str, Writing, str]:
    """Its name, how its values are written, and its value in this talk."""
    name, written = reading_of(metric)
    now: float | None = getattr(metrics, metric, None)
    return name, written, number(None) if now is None else written(now)
