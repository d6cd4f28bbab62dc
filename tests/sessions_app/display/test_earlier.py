from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from accounts_app.models import User
from sessions_app import actions, pipeline, queries
from sessions_app.coaching.schemas import Coaching, Comparison
from sessions_app.display.earlier import Usual, earlier_of, usual_score
from sessions_app.display.page import report_page
from sessions_app.exports.document import report_document
from sessions_app.models import RunMetrics, SessionRun
from sessions_app.report import Report
from sessions_app.speech.baseline import TALKS
from sessions_app.speech.scores import Band, Score, Scores
from sessions_app.stages.outputs import TextSource
from tests.factories import RunFactory, UserFactory
from tests.sessions_app.finished import finished_run

pytestmark = pytest.mark.django_db

SAID = "Today, um, we plan the trip and, um, we see the sea before we go home. " * 3
TEXT = f"1\n00:00:00,000 --> 00:00:20,000\n{SAID}\n"
UM = 1


def a_talk(owner: User, **fields: Any) -> SessionRun:
    return finished_run(session__owner=owner, **fields)


def before(run: SessionRun, **changed: Any) -> list[str]:
    report = queries.report(run)
    assert report is not None
    found = earlier_of(run.session, replace(report, **changed))
    return [each.session.title for each in found]


def test_talks_of_the_owner_in_the_language_newest_first() -> None:
    owner = UserFactory.create()
    a_talk(owner, session__title="first")
    a_talk(owner, session__title="second")
    a_talk(owner, session__title="in Spanish", session__language="es")
    finished_run(session__title="of somebody else")
    assert before(a_talk(owner)) == ["second", "first"]


def test_only_the_last_talks_count() -> None:
    owner = UserFactory.create()
    runs = [a_talk(owner) for _ in range(TALKS + 2)]
    assert len(before(runs[-1])) == TALKS


def test_talks_measured_by_other_formulas_are_left_out() -> None:
    owner = UserFactory.create()
    a_talk(owner)
    RunMetrics.objects.update(formula_version="0")
    assert before(a_talk(owner)) == []


def test_a_draft_is_held_against_nothing() -> None:
    owner = UserFactory.create()
    a_talk(owner)
    assert before(a_talk(owner), source=TextSource.DRAFT) == []
    assert before(a_talk(owner), metrics=None) == []


def test_the_usual_score_is_the_mean_of_the_talks_that_have_it() -> None:
    owner = UserFactory.create()
    a_talk(owner)
    run = a_talk(owner)
    report: Report | None = queries.report(run)
    assert report is not None
    earlier = earlier_of(run.session, report)
    assert report.scores is not None
    assert usual_score(earlier, "pace", report.scores) == Usual(90, 1)
    assert usual_score(earlier, "fillers", report.scores) is None
    assert usual_score((), "pace", report.scores) is None


def test_an_overall_score_is_held_against_means_of_the_same_scores() -> None:
    owner = UserFactory.create()
    a_talk(owner)
    report = queries.report(run := a_talk(owner))
    assert report is not None
    (one,) = earlier_of(run.session, report)
    there = Score(90, Band.STRONG)
    text = Scores(there, there, None, None, there, there)
    sound = Scores(there, there, there, there, None, Score(70, Band.SOLID))
    talks = [replace(one, scores=text), replace(one, scores=sound)]
    assert usual_score(talks, "overall", sound) == Usual(70, 1)
    assert usual_score(talks, "overall", text) == Usual(90, 1)
    assert usual_score(talks[:1], "overall", sound) is None
    assert usual_score(talks, "pace", sound) == Usual(90, 2)


def reported(**fields: Any) -> SessionRun:
    run = RunFactory.create(
        session__transcript_text=TEXT, session__transcript_format="srt", **fields
    )
    pipeline.execute(run.pk)
    return fresh(run)


def fresh(run: SessionRun) -> SessionRun:
    return SessionRun.objects.select_related("session__owner").get(pk=run.pk)


def shown(run: SessionRun) -> Report:
    run = fresh(run)
    report = queries.report(run)
    assert report is not None
    return report_page(run.session, run, report, "").report


def coaching(run: SessionRun) -> Coaching:
    told = shown(run).coaching
    assert told is not None
    return told


def fillers(run: SessionRun) -> Comparison:
    (found,) = [c for c in coaching(run).comparisons if c.metric == "fillers_per_minute"]
    return found


def test_a_finished_report_follows_the_corrections_of_earlier_talks() -> None:
    owner = UserFactory.create()
    first, later = reported(session__owner=owner), reported(session__owner=owner)
    actions.correct(
        session=first.session, author=owner, kind="not_a_filler", start_word=UM, end_word=UM + 1
    )
    metrics = shown(first).metrics
    assert metrics is not None
    assert fillers(later).earlier == metrics.fillers_per_minute
    report = queries.report(later)
    assert report is not None
    document = report_document(later.session, later, report)
    assert metrics.fillers_per_minute in {
        each["earlier"] for each in document["coaching"]["comparisons"]
    }


def test_what_is_said_of_an_earlier_talk_goes_with_it() -> None:
    owner = UserFactory.create()
    first, later = reported(session__owner=owner), reported(session__owner=owner)
    assert fillers(later).talks == 1
    actions.delete_session(session=first.session)
    assert coaching(later) == coaching(reported())
