from __future__ import annotations

from dataclasses import replace

import pytest
from pytest_django import Settings

from sessions_app.display.outlook import Outlook, outlook, will_be_read
from sessions_app.display.page import report_of
from sessions_app.models import RunState, SessionRun
from sessions_app.report import Report
from sessions_app.stages.context import Plan
from sessions_app.stages.outputs import Caveat, TextSource
from tests.sessions_app.provisional import under_review
from tests.sessions_app.second_reading import configure

pytestmark = pytest.mark.django_db


def first(run: SessionRun) -> Report:
    report = report_of(run)
    assert report is not None
    return report


def seen(run: SessionRun) -> Outlook:
    found = outlook(run, first(run))
    assert found is not None
    return found


def coming(plan: Plan) -> str:
    return " ".join(seen(under_review(plan)).coming)


@pytest.fixture
def server(settings: Settings) -> None:
    configure(settings)


@pytest.mark.usefixtures("server")
def test_what_stands_is_told_apart_from_what_may_still_change() -> None:
    found = seen(under_review())
    assert found.headline == "AI review running"
    assert [(line.key, line.value) for line in found.here if line.key] == [("fillers-total", "6")]
    told = " ".join(line.text for line in found.here)
    assert "final: pace, pauses" in told
    assert found.moving == {"fillers", "overall"}


@pytest.mark.usefixtures("server")
def test_no_review_is_announced_that_is_switched_off() -> None:
    assert "review of the content" in coming(Plan())
    assert "review of the content" not in coming(Plan(content_review=False))


@pytest.mark.usefixtures("server")
def test_a_score_for_structure_is_promised_only_to_kinds_that_get_one() -> None:
    run = under_review(session__kind="interview")
    assert not any("structure" in line for line in seen(run).coming)
    assert any("review of the content" in line for line in seen(run).coming)


@pytest.mark.usefixtures("server")
def test_coaching_comes_beside_the_reading_or_after_it_as_the_run_has_it() -> None:
    assert "clearly more or fewer" in coming(Plan())
    assert "written now and once more after" in coming(Plan(threshold=0.0))
    assert "once the second reading is done" in coming(Plan(parallel=False))


@pytest.mark.usefixtures("server")
def test_a_run_that_began_anew_and_has_no_plan_yet_promises_no_review() -> None:
    run = under_review()
    run.snapshot = None
    assert not any("content" in line for line in seen(run).coming)


@pytest.mark.usefixtures("server")
def test_a_run_that_waits_says_what_comes_if_the_server_stays_away() -> None:
    run = under_review()
    assert not any("stays away" in line for line in seen(run).coming)
    run.state = RunState.WAITING_FOR_MODEL
    assert any("stays away" in line for line in seen(run).coming)


def test_without_a_model_coaching_by_rules_is_all_that_comes() -> None:
    found = seen(under_review())
    assert found.headline == "First findings"
    assert found.moving == frozenset()
    (line,) = found.coming
    assert "by rules" in line


@pytest.mark.usefixtures("server")
def test_new_coaching_alone_promises_nothing_else() -> None:
    run = under_review()
    run.coaching_only = True
    found = outlook(run, None)
    assert found is not None
    assert len(found.coming) == 1
    assert found.here == ()


@pytest.mark.usefixtures("server")
def test_an_ai_reads_neither_drafts_nor_short_talks_nor_where_rules_alone_were_asked_for() -> None:
    run = under_review()
    report = first(run)
    assert will_be_read(run, report)
    assert not will_be_read(run, replace(report, source=TextSource.DRAFT))
    assert report.metrics is not None
    assert not will_be_read(run, replace(report, metrics=replace(report.metrics, word_count=29)))
    run.wanted_mode = "rule_based"
    assert not will_be_read(run, report)


@pytest.mark.usefixtures("server")
def test_where_the_rules_know_no_fillers_there_is_no_second_reading_but_a_first() -> None:
    run = under_review()
    report = replace(first(run), caveats=(Caveat.NO_PACK,))
    found = outlook(run, report)
    assert found is not None
    assert "second" not in found.coming[0]


def test_a_run_that_has_ended_brings_nothing_more() -> None:
    run = under_review()
    run.state = RunState.COMPLETED
    assert outlook(run, first(run)) is None
