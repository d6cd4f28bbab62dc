from __future__ import annotations

from dataclasses import fields, replace

import pytest

from sessions_app.coaching.schemas import Comparison, Evidence, FocusArea, Goal
from sessions_app.display.coaching import CoachingCard, coaching_card
from sessions_app.speech.metrics import Metrics
from sessions_app.speech.words import Word
from tests.sessions_app.samples import METRICS, REFINEMENT
from tests.sessions_app.test_timeline import REPORT


def card(goal: Goal | None = None, *evidence: Evidence, **metrics: object) -> CoachingCard:
    area = FocusArea("fillers", "Title", "{fillers_total} in all.", "Why", "Do", 5, evidence)
    coaching = replace(REFINEMENT.coaching, focus_areas=(area,), goal=goal)
    measured = replace(METRICS, **metrics)  # type: ignore[arg-type]
    shown = coaching_card(replace(REPORT, coaching=coaching, metrics=measured))
    assert shown is not None
    return shown


def test_figures_come_from_the_measures() -> None:
    assert card(fillers_total=7).focus[0].what == "7 in all."


def test_evidence_is_quoted_with_its_time() -> None:
    moment = card(None, Evidence(1, 3)).focus[0].moments[0]
    assert (moment.quote, moment.ms, moment.clock) == ("hello there.", 400, "0:00")


def test_evidence_without_times_is_quoted_all_the_same() -> None:
    report = replace(REPORT, words=(Word("Hello"), Word("there.")))
    shown = coaching_card(report)
    assert shown is not None
    moment = shown.focus[0].moments[0]
    assert (moment.quote, moment.ms, moment.clock) == ("Hello", None, "")


def test_a_goal_stands_beside_where_the_talk_is() -> None:
    goal = card(Goal("Shorter.", "longest_pause_ms", 2600.0), longest_pause_ms=3500).goal
    assert goal is not None
    assert (goal.measure, goal.now, goal.target) == ("Longest pause", "3.5 s", "2.6 s")


@pytest.mark.parametrize("metric", [f.name for f in fields(Metrics) if "float" in str(f.type)])
def test_a_goal_for_any_measure_can_be_shown(metric: str) -> None:
    goal = card(Goal("Go.", metric, 3.0), **{metric: None}).goal
    assert goal is not None
    assert goal.now == "not available"
    assert goal.target


def test_there_is_no_card_before_the_measures() -> None:
    assert coaching_card(replace(REPORT, metrics=None)) is None
    assert coaching_card(replace(REPORT, coaching=None)) is None


@pytest.mark.parametrize("beyond", [True, False, None])
def test_earlier_talks_stand_beside_this_one(beyond: bool | None) -> None:
    moved = Comparison("fillers_per_minute", earlier=9.1, talks=5, beyond_usual=beyond)
    coaching = replace(REFINEMENT.coaching, comparisons=(moved,))
    shown = coaching_card(replace(REPORT, coaching=coaching, metrics=METRICS))
    assert shown is not None
    (line,) = shown.progress
    assert (line.measure, line.earlier, line.now) == ("Fillers per minute", "9.1", "42.9")
    assert (line.key, line.talks) == ("fillers-per-minute", 5)
    assert line.beyond_usual is beyond
