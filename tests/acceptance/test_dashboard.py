"""The dashboard in a browser: it fetches its parts, renews itself, and stays where it is read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, expect
from playwright.sync_api import Page as Tab
from pytest_django.live_server_helper import LiveServer

from tests.acceptance.browsing import PATIENCE_MS
from tests.acceptance.visiting import Visit, each_page, key_of
from tests.factories import UserFactory
from tests.gallery import for_staff

pytestmark = pytest.mark.django_db(transaction=True)

WIDE = 1280
HEADINGS = ("Stages of a run", "From the last 7 days", "parallel_ai_processing", "The last 28")
HALF_A_MINUTE_MS = 31_000


@pytest.fixture
def dashboard(transactional_db: None) -> Visit:
    """Before the browser, whose loop keeps this thread from the database."""
    first_page = for_staff()[0]
    return Visit(key_of(UserFactory.create(is_staff=True)), (first_page,))


@pytest.fixture
def tab(live_server: LiveServer, dashboard: Visit, browser: Browser) -> Iterator[Tab]:
    for _page, tab in each_page(browser, live_server.url, (dashboard,), WIDE):
        whole(tab)
        tab.clock.install()
        tab.reload()
        whole(tab)
        yield tab


def whole(tab: Tab) -> None:
    """Wait until its four parts are there."""
    for heading in HEADINGS:
        expect(tab.get_by_role("heading", name=heading)).to_be_visible()


def test_it_fetches_what_the_other_pages_show(tab: Tab) -> None:
    whole(tab)
    assert tab.get_by_role("heading", level=1).count() == 1


def test_it_renews_itself_and_stays_where_it_is_read(tab: Tab) -> None:
    told = tab.locator("#now > p").inner_text()
    tab.get_by_label("Time", exact=True).focus()
    tab.evaluate("scrollTo(0, 700)")
    tab.wait_for_timeout(1_100)  # "As of" has seconds
    with tab.expect_response(re.compile(r"/staff/metrics/\?window=60")):
        tab.clock.fast_forward(HALF_A_MINUTE_MS)
    expect(tab.locator("#now > p")).not_to_have_text(told)
    assert tab.evaluate("scrollY") == 700
    assert tab.evaluate("document.activeElement.name") == "window"


def test_another_time_is_shown_at_once_kept_in_the_address_and_renewed(tab: Tab) -> None:
    tab.get_by_label("Time", exact=True).select_option("1440")
    tab.wait_for_url(re.compile("window=1440"))
    expect(tab.locator("#speed")).to_have_attribute("hx-get", re.compile("window=1440"))
    whole(tab)
    with tab.expect_response(re.compile(r"/staff/metrics/\?window=1440")):
        tab.clock.fast_forward(HALF_A_MINUTE_MS)
    assert tab.get_by_label("Time", exact=True).input_value() == "1440"


def test_without_scripts_everything_is_one_click_away(
    live_server: LiveServer, dashboard: Visit, browser: Browser
) -> None:
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    key, url = dashboard.key, live_server.url
    cookie: Any = {"name": settings.SESSION_COOKIE_NAME, "value": key, "url": url}
    context.add_cookies([cookie])
    tab = context.new_page()
    tab.set_default_timeout(PATIENCE_MS)
    tab.goto(dashboard.pages[0].path)
    tab.get_by_label("Time", exact=True).select_option("360")
    tab.get_by_role("button", name="Show").click()
    tab.get_by_role("heading", name="Where time goes").get_by_role("link").click()
    expect(tab.get_by_role("heading", name="Stages of a run")).to_be_visible()
    assert "window=360" in tab.url
    context.close()
