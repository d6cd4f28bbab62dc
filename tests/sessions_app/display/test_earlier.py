from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from accounts_app.models import User
from sessions_app import queries
from sessions_app.display.earlier import Usual, earlier_of, usual_score
from sessions_app.models import RunMetrics, SessionRun
from sessions_app.report import Report
from sessions_app.speech.baseline import TALKS
from sessions_app.stages.outputs import TextSource
from tests.factories import UserFactory
from tests.sessions_app.finished import finished_run

pytestmark = pytest.mark.django_db


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
    assert usual_score(earlier, "pace") == Usual(90, 1)
    assert usual_score(earlier, "fillers") is None
    assert usual_score((), "pace") is None
