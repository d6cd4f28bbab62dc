"""From the address that `make run` prints to the report on one's own talk."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.acceptance import system
from tests.acceptance.browsing import PASSWORD, open_page
from tests.acceptance.conftest import OwnRedis
from tests.acceptance.system import System
from tests.acceptance.uploading import DEMO

pytestmark = pytest.mark.django_db(transaction=True)

MOST_CLICKS = 3
COUNT = """addEventListener("click", (event) => {
  if (event.isTrusted) sessionStorage.clicks = Number(sessionStorage.clicks ?? 0) + 1;
}, true);"""


@pytest.fixture
def fresh_system(live_env: dict[str, str], own_redis: OwnRedis, folder: Path) -> Iterator[System]:
    """`up` in an installation nobody has used yet."""
    environment = {**live_env, "REDIS_URL": own_redis.url, "DATA_DIR": str(folder)}
    started = system.start(environment, folder)
    yield started
    started.stop()


def printed_address(at: System) -> str:
    found = re.search(r"runs at (\S+)", at.log.read_text())
    assert found is not None
    return found[1]


def clicks(page: Page) -> int:
    """As the browser counted them, over all pages."""
    return int(page.evaluate("sessionStorage.clicks"))


def test_three_clicks_and_a_file_lead_to_ones_own_first_report(
    fresh_system: System, browser: Browser
) -> None:
    page = open_page(browser, fresh_system)
    page.add_init_script(COUNT)
    page.goto(printed_address(fresh_system))
    page.get_by_role("main").get_by_role("link", name="Sign up").click()
    page.get_by_label("Email").fill("first.time@example.com")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("Password (again)").fill(PASSWORD)
    page.get_by_role("button", name="Create account").click()
    page.locator("input[name=recording]").set_input_files(DEMO)
    page.get_by_role("button", name="Upload and analyse").click()
    expect(page.get_by_role("region", name="What to work on")).to_be_visible()
    assert clicks(page) <= MOST_CLICKS
