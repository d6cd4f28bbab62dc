"""The list of talks and the progress page in a real browser, with many talks."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts_app.models import User
from sessions_app.models import PracticeSession, RunState, SessionRun
from tests.acceptance.browsing import PATIENCE_MS, fits
from tests.factories import RunFactory
from tests.sessions_app.attempts import attempt
from tests.sessions_app.progressing import talks, with_fillers

pytestmark = pytest.mark.django_db(transaction=True)

PASSWORD = "correct horse battery"
RATES = (6.5, 5.9, 6.2, 5.8, 6.1, 4.4, 4.0, 3.4, 3.1, 3.0, 3.3, 3.2)


@pytest.fixture
def practised(speaker: User) -> list[PracticeSession]:
    """A speaker who got better, with thirty talks of another kind before."""
    then = timezone.now() - timedelta(days=60)
    talks(speaker, with_fillers(*[6.0] * 30), first=then, kind="interview", title="Job interview")
    recent = timezone.now() - timedelta(days=len(RATES))
    return talks(speaker, with_fillers(*RATES), first=recent, kind="pitch", coached=True)


@pytest.fixture
def newest(speaker: User, practised: list[PracticeSession]) -> PracticeSession:
    """A talk with a whole report, which can be opened."""
    return attempt(speaker, title="The newest", kind="pitch").session


def signed_in(browser: Browser, server: LiveServer, width: int = 1280, **options: bool) -> Page:
    context = browser.new_context(
        base_url=server.url,
        viewport={"width": width, "height": 900},
        java_script_enabled=options.get("scripts", True),
    )
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    page.goto("/accounts/login/")
    page.get_by_label("Email").fill("speaker@example.com")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Your talks")).to_be_visible()
    return page


def rows(page: Page) -> int:
    return page.locator(".talks tbody tr").count()


def test_searching_filtering_and_paging_without_reloading(
    practised: list[PracticeSession], live_server: LiveServer, browser: Browser
) -> None:
    page = signed_in(browser, live_server)
    page.evaluate("window.sameDocument = true")
    expect(page.locator("#found")).to_have_text("42 talks, page 1 of 3")
    page.get_by_label("Search titles and prompts").press_sequentially("INTERVIEW")
    expect(page.locator("#found")).to_have_text("30 talks, page 1 of 2")
    expect(page).to_have_url(re.compile(r"/\?q=INTERVIEW"))
    page.get_by_role("link", name="Next page").click()
    expect(page.locator("#found")).to_have_text("30 talks, page 2 of 2")
    assert rows(page) == 10
    page.get_by_text("Filter and sort").click()
    page.get_by_label("Search titles and prompts").fill("")
    page.get_by_label("Kind of talk").select_option("pitch")
    expect(page.locator("#found")).to_have_text("12 talks")
    page.get_by_label("Sort").select_option("fillers")
    expect(page.locator(".talks tbody tr").first).to_contain_text("Talk 10")
    assert page.evaluate("window.sameDocument")
    page.reload()
    expect(page.locator("#found")).to_have_text("12 talks")
    page.get_by_label("Search titles and prompts").fill("nowhere")
    expect(page.get_by_role("heading", name="No talk matches")).to_be_visible()
    page.get_by_role("link", name="Show all talks").click()
    expect(page.locator("#found")).to_have_text("42 talks, page 1 of 3")


@pytest.fixture
def going_on(speaker: User, practised: list[PracticeSession]) -> SessionRun:
    return RunFactory.create(session__owner=speaker, session__title="Still going on")


def completed(run: SessionRun) -> None:
    """By somebody else: the browser's thread may not touch the database."""

    def write() -> None:
        SessionRun.objects.filter(pk=run.pk).update(state=RunState.COMPLETED)
        connection.close()

    with ThreadPoolExecutor(1) as elsewhere:
        elsewhere.submit(write).result()


def test_a_talk_being_worked_on_changes_by_itself_and_disturbs_nobody(
    going_on: SessionRun, live_server: LiveServer, browser: Browser
) -> None:
    page = signed_in(browser, live_server)
    row = page.locator(".talks tbody tr", has_text="Still going on")
    expect(row).to_contain_text("Waiting")
    page.get_by_label("Search titles and prompts").press_sequentially("going")
    expect(page.locator("#found")).to_have_text("1 talk")
    completed(going_on)
    expect(row).to_contain_text("Completed")
    expect(page.get_by_label("Search titles and prompts")).to_be_focused()
    expect(page.locator("#talks")).not_to_have_attribute("hx-get", re.compile("."))


def test_going_back_shows_the_page_before(
    practised: list[PracticeSession], live_server: LiveServer, browser: Browser
) -> None:
    page = signed_in(browser, live_server)
    page.get_by_role("link", name="Next page").click()
    expect(page.locator("#found")).to_have_text("42 talks, page 2 of 3")
    page.go_back()
    expect(page.locator("#found")).to_have_text("42 talks, page 1 of 3")
    assert rows(page) == 20


def test_the_list_works_without_scripts(
    practised: list[PracticeSession], live_server: LiveServer, browser: Browser
) -> None:
    page = signed_in(browser, live_server, scripts=False)
    page.get_by_text("Filter and sort").click()
    page.get_by_label("Kind of talk").select_option("interview")
    page.get_by_role("button", name="Show").click()
    expect(page.locator("#found")).to_have_text("30 talks, page 1 of 2")
    page.get_by_role("link", name="Next page").click()
    expect(page.locator("#found")).to_have_text("30 talks, page 2 of 2")
    expect(page.get_by_label("Kind of talk")).to_have_value("interview")


def test_a_point_of_a_chart_leads_to_its_talk(
    practised: list[PracticeSession],
    newest: PracticeSession,
    live_server: LiveServer,
    browser: Browser,
) -> None:
    page = signed_in(browser, live_server)
    page.get_by_role("link", name="Progress").click()
    page.get_by_label("Kind of talk").select_option("pitch")
    expect(page.locator("#found")).to_have_text("13 talks")
    expect(page).to_have_url(re.compile(r"/progress/\?.*kind=pitch"))
    trend = page.get_by_role("region", name=re.compile("^Pace while speaking"))
    trend.locator("svg a").last.click()
    expect(page).to_have_url(re.compile(str(newest.pk)))
    expect(page.get_by_role("heading", name="The newest")).to_be_visible()


def test_progress_is_told_in_a_sentence_a_chart_and_a_table(
    practised: list[PracticeSession], live_server: LiveServer, browser: Browser
) -> None:
    page = signed_in(browser, live_server, width=390)
    page.goto("/progress/?kind=pitch")
    assert fits(page)
    fillers = page.get_by_role("region", name=re.compile("^Fillers per minute"))
    expect(fillers).to_contain_text(
        "went down: on average 6.1 in the first 5 of these talks, 3.2 in the last 5."
    )
    assert fillers.locator("svg a").count() == len(RATES)
    fillers.get_by_text("All values").press("Enter")
    expect(fillers.get_by_role("row")).to_have_count(1 + len(RATES))
    assert fits(page)
    best = page.get_by_role("region", name="Personal bests")
    expect(best.get_by_role("row", name=re.compile("^Fillers per minute"))).to_contain_text("3.0")
    best.get_by_role("link", name="3.0").click()
    expect(page).to_have_url(re.compile(f"{practised[9].pk}/numbers/#fillers-per-minute"))


def test_charts_and_their_tables_are_there_without_scripts_and_in_the_dark(
    practised: list[PracticeSession], live_server: LiveServer, browser: Browser
) -> None:
    page = signed_in(browser, live_server, scripts=False)
    page.emulate_media(color_scheme="dark")
    page.goto("/progress/")
    page.get_by_label("Kind of talk").select_option("pitch")
    page.get_by_role("button", name="Show").click()
    chart = page.locator("svg.chart").first
    expect(chart).to_be_visible()
    box = chart.bounding_box()
    assert box is not None
    assert box["width"] > 280
    assert page.locator("svg.chart script, svg.chart style").count() == 0
