from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts_app.models import User
from sessions_app import actions
from sessions_app.messages import problem_text
from sessions_app.models import (
    RunState,
    SessionRun,
)
from sessions_app.stages.context import Check, RunContext
from sessions_app.stages.problems import InputProblem, Problem
from tests.factories import RunFactory
from tests.sessions_app.finished import finished_run
from tests.sessions_app.views.reading import page

pytestmark = pytest.mark.django_db


def failing(problem: Problem) -> Any:
    def run(context: RunContext, check: Check) -> None:
        raise InputProblem(problem)

    return run


def test_a_failure_says_what_to_do_and_is_retried(owner: User, browser: Client) -> None:
    run = finished_run(session__owner=owner, own={"media": failing(Problem.STORAGE)})
    html = page(browser, "session_detail", run.session)
    assert problem_text(Problem.STORAGE) in html
    assert "Try again" in html
    browser.post(reverse("run_retry", args=[run.session.pk]))
    run.refresh_from_db()
    assert run.state == RunState.QUEUED


def test_a_failed_new_run_leaves_the_old_report(owner: User, browser: Client) -> None:
    session = finished_run(session__owner=owner, summary="The old report.").session
    from_new = actions.start_run(session=session)
    SessionRun.objects.filter(pk=from_new.pk).update(state=RunState.FAILED, problem=Problem.DAMAGED)
    html = page(browser, "session_detail", session)
    assert "The old report." in html
    assert problem_text(Problem.DAMAGED) in html


def test_an_unfinished_report_says_so(owner: User, browser: Client) -> None:
    run = finished_run(session__owner=owner, own={"scoring": failing(Problem.RUN_DEADLINE)})
    html = page(browser, "session_detail", run.session)
    assert "This report is not complete" in html
    assert "f-filler" in html


@pytest.mark.parametrize("name", ["run_retry", "session_reprocess"])
def test_only_staff_let_a_talk_out_of_quarantine(owner: User, browser: Client, name: str) -> None:
    session = finished_run(session__owner=owner).session
    run = actions.start_run(session=session)
    SessionRun.objects.filter(pk=run.pk).update(state=RunState.QUARANTINED)
    html = page(browser, "session_detail", session)
    assert "will look into it" in html
    assert "Try again" not in html
    assert "Process again" not in html
    browser.post(reverse(name, args=[session.pk]))
    run.refresh_from_db()
    assert run.state == RunState.QUARANTINED
    assert session.runs.count() == 2


@pytest.mark.parametrize("state", [RunState.FAILED, RunState.CANCELLED])
def test_what_stopped_can_be_tried_again(owner: User, browser: Client, state: RunState) -> None:
    run = RunFactory.create(session__owner=owner, state=state)
    assert "Try again" in page(browser, "session_detail", run.session)
    browser.post(reverse("run_retry", args=[run.session.pk]))
    run.refresh_from_db()
    assert run.state == RunState.QUEUED


def test_the_old_report_stays_while_a_new_run_goes_on(owner: User, browser: Client) -> None:
    session = finished_run(session__owner=owner, summary="The old report.").session
    assert "Process again" in page(browser, "session_detail", session)
    browser.post(reverse("session_reprocess", args=[session.pk]))
    html = page(browser, "session_detail", session)
    assert "Waiting for its turn" in html
    assert "The old report." in html
    assert "Process again" not in html
    again = session.runs.get(state=RunState.QUEUED)
    SessionRun.objects.filter(pk=again.pk).update(state=RunState.PROCESSING)
    assert "The old report." in page(browser, "session_detail", session)


def test_without_its_recording_a_talk_is_not_processed_again(owner: User, browser: Client) -> None:
    session = finished_run(session__owner=owner, session__media_filename="a.wav").session
    assert "Process again" not in page(browser, "session_detail", session)
    url = reverse("session_reprocess", args=[session.pk])
    told = browser.post(url, follow=True).content.decode()
    assert problem_text(Problem.FILE_MISSING) in told
    assert session.runs.count() == 1


def test_a_run_that_works_cannot_be_retried(owner: User, browser: Client) -> None:
    run = finished_run(session__owner=owner)
    browser.post(reverse("run_retry", args=[run.session.pk]))
    run.refresh_from_db()
    assert run.state == RunState.COMPLETED


def buttons(html: str) -> list[tuple[str, str]]:
    """Class and text of what can be done about the status, in order."""
    return re.findall(r'class="(button[^"]*)"[^>]*>(Upload another|Try again)<', html)


@pytest.mark.parametrize(
    ("problem", "expected"),
    [
        (Problem.SILENT, [("button", "Upload another")]),
        (Problem.STORAGE, [("button", "Try again")]),
        ("", [("button", "Try again")]),
    ],
)
def test_the_main_button_is_the_one_that_can_help(
    owner: User, browser: Client, problem: str, expected: list[tuple[str, str]]
) -> None:
    run = RunFactory.create(session__owner=owner, state=RunState.FAILED, problem=problem)
    assert buttons(page(browser, "session_detail", run.session)) == expected


def test_a_report_of_an_earlier_run_says_so(owner: User, browser: Client) -> None:
    session = finished_run(session__owner=owner).session
    assert "of an earlier run" not in page(browser, "session_detail", session)
    again = actions.start_run(session=session)
    SessionRun.objects.filter(pk=again.pk).update(state=RunState.CANCELLED)
    html = page(browser, "session_detail", session)
    assert html.index(">Cancelled</h2>") < html.index("of an earlier run")
