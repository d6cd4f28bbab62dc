"""The coaching as a card: slots filled, evidence quoted, the goal beside where the talk stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sessions_app.coaching.schemas import Coaching, Comparison, FocusArea, Goal, PlanStep
from sessions_app.coaching.slots import fill_coaching
from sessions_app.display.moments import Moment, moment
from sessions_app.display.text import clock, number, seconds, with_unit
from sessions_app.report import Report
from sessions_app.speech.metrics import Metrics
from sessions_app.speech.words import Word

MAX_MOMENTS = 4

Writing = Callable[[float], str]


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
    text: str
    measure: str
    now: str
    target: str


@dataclass(frozen=True, slots=True)
class ProgressLine:
    """A measure beside its mean over `talks` earlier ones."""

    measure: str
    earlier: str
    now: str
    talks: int
    beyond_usual: bool


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
        measure, written(moved.earlier), now, moved.talks, moved.beyond_usual is True
    )


def _goal(goal: Goal, metrics: Metrics) -> GoalCard:
    measure, written, now = _measure(goal.metric, metrics)
    return GoalCard(text=goal.text, measure=measure, now=now, target=written(goal.value))


def _measure(metric: str, metrics: Metrics) -> tuple[str, Writing, str]:
    """Its name, how its values are written, and its value in this talk."""
    name, written = _MEASURES.get(metric, (metric, number))
    now: float | None = getattr(metrics, metric, None)
    return str(name), written, number(None) if now is None else written(now)


_MEASURES: Mapping[str, tuple[Promise, Writing]] = {
    "fillers_per_minute": (gettext_lazy("Fillers per minute"), lambda v: number(v, 1)),
    "fillers_total": (gettext_lazy("Fillers"), number),
    "wpm": (gettext_lazy("Pace while speaking"), lambda v: with_unit(v, _("words/min"))),
    "longest_pause_ms": (gettext_lazy("Longest pause"), lambda v: seconds(round(v))),
    "pitch_range_semitones": (
        gettext_lazy("Pitch range"),
        lambda v: with_unit(v, _("semitones"), 1),
    ),
    "sentence_words_mean": (gettext_lazy("Words per sentence"), lambda v: number(v, 1)),
    "vocabulary_variety": (gettext_lazy("Variety of words"), lambda v: with_unit(v * 100, "%")),
    "duration_ms": (gettext_lazy("Length"), lambda v: clock(round(v))),
    "repetitions": (gettext_lazy("Repetitions"), number),
    "hedges": (gettext_lazy("Hedges"), number),
}
