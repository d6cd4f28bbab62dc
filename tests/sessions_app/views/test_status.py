from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from accounts_app.models import User
from sessions_app import pipeline, queries
from sessions_app.display.page import session_page
from sessions_app.models import (
    PracticeSession,
    RunStage,
    RunState,
    SessionRun,
    StageState,
)
from tests.factories import RunFactory
from tests.sessions_app.finished import finished_run
from tests.sessions_app.samples import stages
from tests.sessions_app.views.reading import page

pytestmark = pytest.mark.django_db


def test_a_waiting_talk_polls_and_can_be_cancelled(owner: User, browser: Client) -> None:
    session = RunFactory.create(session__owner=owner).session
    html = page(browser, "session_detail", session)
    assert "Waiting for its turn" in html
    assert 'hx-trigger="every 2s"' in html
    assert "<noscript><meta" in html
    browser.post(reverse("run_cancel", args=[session.pk]))
    html = page(browser, "session_detail", session)
    assert ">Cancelled</h2>" in html
    assert "hx-trigger" not in html


def test_an_unchanged_status_is_not_sent_again(owner: User, browser: Client) -> None:
    run = RunFactory.create(session__owner=owner)
    url = reverse("session_status", args=[run.session.pk])
    first = browser.get(url)
    assert first.status_code == 200
    assert "no-cache" in first.headers["Cache-Control"]
    asked = {"If-None-Match": first.headers["ETag"]}
    assert browser.get(url, headers=asked).status_code == 304
    SessionRun.objects.filter(pk=run.pk).update(state=RunState.PROCESSING)
    assert browser.get(url, headers=asked).status_code == 200


def test_the_polling_element_sends_the_version_it_shows(owner: User, browser: Client) -> None:
    session = RunFactory.create(session__owner=owner).session
    response = browser.get(reverse("session_status", args=[session.pk]))
    etag = response.headers["ETag"].strip('"')
    assert f'{{"If-None-Match": "\\"{etag}\\""}}' in response.content.decode()


def test_the_end_of_a_run_brings_the_report_and_ends_polling(owner: User, browser: Client) -> None:
    session = finished_run(session__owner=owner).session
    response = browser.get(reverse("session_status", args=[session.pk]))
    assert response.headers["HX-Retarget"] == "#talk"
    html = response.content.decode()
    assert "A calm start." in html
    assert "hx-trigger" not in html


def test_first_findings_are_shown_while_the_run_goes_on(owner: User, browser: Client) -> None:
    run = finished_run(session__owner=owner)
    SessionRun.objects.filter(pk=run.pk).update(state=RunState.PROCESSING)
    PracticeSession.objects.update(current_run=None)
    run.metrics.delete()
    run.coaching.delete()
    html = page(browser, "session_detail", run.session)
    assert "First findings" in html
    assert "f-filler" in html
    shows = re.search(r"\?shows=([^\"]+)", html)
    assert shows is not None
    url = reverse("session_status", args=[run.session.pk])
    assert "HX-Retarget" not in browser.get(f"{url}?shows={shows[1]}").headers
    assert "HX-Retarget" in browser.get(f"{url}?shows=").headers


def test_words_without_findings_are_no_report_yet(owner: User, browser: Client) -> None:
    run = finished_run(session__owner=owner)
    SessionRun.objects.filter(pk=run.pk).update(state=RunState.PROCESSING)
    PracticeSession.objects.update(current_run=None)
    RunStage.objects.filter(stage="rules").update(state=StageState.RUNNING)
    assert "First findings" not in page(browser, "session_detail", run.session)


def test_the_old_report_stays_beside_a_new_run(owner: User, browser: Client) -> None:
    session = finished_run(session__owner=owner, summary="The old report.").session
    browser.post(reverse("session_reprocess", args=[session.pk]))
    html = page(browser, "session_detail", session)
    assert "The old report." in html
    assert "Waiting for its turn" in html
    assert "Process again" not in html


def test_a_second_new_run_is_refused_kindly(owner: User, browser: Client) -> None:
    session = RunFactory.create(session__owner=owner).session
    url = reverse("session_reprocess", args=[session.pk])
    response = browser.post(url, follow=True)
    assert "being processed already" in response.content.decode()
    assert session.runs.count() == 1


def test_a_page_read_while_a_stage_is_saved_is_whole(owner: User) -> None:
    early = RunFactory.create(session__owner=owner)
    session = queries.sessions_of(owner).get()
    pipeline.execute(early.pk, stages())
    view = session_page(session)
    assert view is not None
    assert (view.report, view.shows) == (None, "")  # so that the next poll brings the report
    stale = SessionRun.objects.get(pk=early.pk)
    stale.mode = ""
    assert queries.report(stale) == queries.report(SessionRun.objects.get(pk=early.pk))


def test_a_status_that_will_change_is_not_kept_for_the_way_back(
    owner: User, browser: Client
) -> None:
    session = finished_run(session__owner=owner).session
    url = reverse("session_detail", args=[session.pk])
    assert "no-store" not in browser.get(url).headers["Cache-Control"]
    browser.post(reverse("session_reprocess", args=[session.pk]))
    assert "no-store" in browser.get(url).headers["Cache-Control"]
