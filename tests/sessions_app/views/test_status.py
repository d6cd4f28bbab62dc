from __future__ import annotations

import re
from datetime import timedelta
from urllib.parse import quote, unquote

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

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
from tests.sessions_app.provisional import under_review
from tests.sessions_app.samples import stages
from tests.sessions_app.views.reading import page

pytestmark = pytest.mark.django_db


def test_a_waiting_talk_polls_and_can_be_cancelled(owner: User, browser: Client) -> None:
    session = RunFactory.create(session__owner=owner).session
    html = page(browser, "session_detail", session)
    assert "Waiting for its turn" in html
    assert 'hx-trigger="every 1s"' in html
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


def status_url(run: SessionRun, shows: str = "") -> str:
    return f"{reverse('session_status', args=[run.session_id])}?shows={quote(shows)}"


def shown_on(html: str) -> str:
    found = re.search(r"\?shows=([^\"]+)", html)
    assert found is not None
    return unquote(found[1])


def test_first_findings_are_shown_while_the_run_goes_on(owner: User, browser: Client) -> None:
    run = under_review(session__owner=owner)
    html = page(browser, "session_detail", run.session)
    assert ">First findings</h2>" in html
    assert "f-filler" in html
    assert "HX-Retarget" not in browser.get(status_url(run, shown_on(html))).headers
    assert browser.get(status_url(run)).headers["HX-Retarget"] == "#talk"


def test_a_run_that_waits_brings_no_other_report(owner: User, browser: Client) -> None:
    run = under_review(session__owner=owner)
    shows = shown_on(page(browser, "session_detail", run.session))
    SessionRun.objects.update(state=RunState.WAITING_FOR_MODEL, waiting_since=timezone.now())
    html = browser.get(status_url(run, shows)).content.decode()
    assert "Waiting for the AI server" in html
    assert 'class="report"' not in html


def test_every_number_of_the_first_findings_leads_to_how_it_came_about(
    owner: User, browser: Client
) -> None:
    run = under_review(session__owner=owner)
    html = page(browser, "session_detail", run.session)
    numbers = reverse("session_numbers", args=[run.session_id])
    linked = set(re.findall(rf'href="{numbers}#([\w-]+)"', html))
    explained = page(browser, "session_numbers", run.session)
    assert {"wpm", "fillers-total", "score-overall", "score-pace"} <= linked
    assert linked - {"findings"} <= set(re.findall(r'id="([\w-]+)"', explained))


def test_the_finished_report_takes_the_place_of_the_first_findings_part_by_part(
    owner: User, browser: Client
) -> None:
    run = under_review(session__owner=owner)
    shows = shown_on(page(browser, "session_detail", run.session))
    finished = finished_run(session__owner=owner).session
    response = browser.get(f"{reverse('session_status', args=[finished.pk])}?shows={quote(shows)}")
    html = response.content.decode()
    assert response.headers["HX-Reswap"] == "none"
    assert "refined" in response.headers["HX-Trigger-After-Settle"]
    parts = set(
        re.findall(r'id="([\w-]+)" hx-swap-oob="true"', html.replace(' class="head-row"', ""))
    )
    assert {"progress", "talk-head", "report-top", "report-timeline", "report-rest"} == parts
    assert 'id="player"' not in html
    assert 'id="status"' not in html
    assert "Your report is ready" in html


def test_a_run_is_asked_for_every_second_at_first_and_then_every_two(
    owner: User, browser: Client
) -> None:
    run = RunFactory.create(session__owner=owner)
    first = browser.get(status_url(run))
    assert 'hx-trigger="every 1s"' in first.content.decode()
    SessionRun.objects.update(queued_at=timezone.now() - timedelta(seconds=21))
    asked = {"If-None-Match": first.headers["ETag"], "HX-Request": "true"}
    later = browser.get(status_url(run), headers=asked)
    html = later.content.decode()
    assert 'hx-trigger="every 2s"' in html
    assert "announcement" not in html  # nothing new to hear
    asked["If-None-Match"] = later.headers["ETag"]
    assert browser.get(status_url(run), headers=asked).status_code == 304


def test_an_unchanged_status_takes_few_queries(
    owner: User, browser: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    run = under_review(session__owner=owner)
    asked = {"If-None-Match": browser.get(status_url(run)).headers["ETag"]}
    with django_assert_num_queries(4):  # the browser's session, the user, the talk, its stages
        assert browser.get(status_url(run), headers=asked).status_code == 304


def test_first_findings_take_few_queries(
    owner: User, browser: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    finished_run(session__owner=owner)
    run = under_review(session__owner=owner)
    with django_assert_max_num_queries(12):
        assert browser.get(run.session.get_absolute_url()).status_code == 200


def test_without_scripts_the_page_of_first_findings_loads_itself_again(
    owner: User, browser: Client
) -> None:
    run = under_review(session__owner=owner)
    html = page(browser, "session_detail", run.session)
    assert '<noscript><meta http-equiv="refresh" content="15"></noscript>' in html
    finished = finished_run(session__owner=owner)
    assert "http-equiv" not in page(browser, "session_detail", finished.session)


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


def test_a_stage_under_way_says_since_when(owner: User, browser: Client) -> None:
    run = RunFactory.create(
        session__owner=owner,
        state=RunState.PROCESSING,
        lease_expires_at=timezone.now() + timedelta(minutes=1),
    )
    began = timezone.now() - timedelta(seconds=64)
    RunStage.objects.create(run=run, stage="media", state=StageState.RUNNING, started_at=began)
    html = page(browser, "session_detail", run.session)
    assert re.search(r'running · <span data-elapsed="6\d{4}">1:0\d</span>', html)
    assert "js/elapsed" in html
