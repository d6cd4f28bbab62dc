"""One talk from the first page to its end, as somebody lives through it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.acceptance.browsing import PATIENCE_MS, fits, sign_up, until
from tests.acceptance.microphone import browser_hearing, spoken
from tests.acceptance.new_talk import record, upload
from tests.acceptance.system import System
from tests.acceptance.uploading import DEMO

pytestmark = pytest.mark.django_db(transaction=True)

SECONDS = 20
SAID = DEMO.with_suffix(".txt").read_text().partition("People were")[0]
"""What is said in so many seconds, with two “um” and one “uh”."""

MARGIN_S = 0.15
PLAYS_FROM = """([at, margin]) => [...Array(player().played.length).keys()]
  .some(range => Math.abs(player().played.start(range) - at) <= margin)"""


def opened(browser: Browser, at: System, width: int, scheme: Literal["light", "dark"]) -> Page:
    page = browser.new_page(
        base_url=at.url, viewport={"width": width, "height": 844}, color_scheme=scheme
    )
    page.set_default_timeout(PATIENCE_MS)
    expect.set_options(timeout=PATIENCE_MS)
    return page


def speak(page: Page) -> str:
    """Record, tell what was said, upload; the address of the talk."""
    record(page, SECONDS)
    page.locator("summary", has_text="Transcript").click()
    page.get_by_label("Transcript, pasted").fill(SAID)
    upload(page)
    return page.url


def sees_it_being_worked_on(page: Page) -> None:
    """Stages on the page, then the report in their place, without a reload."""
    page.evaluate("window.same = true")
    expect(page.locator("#status .stage, #report-top").first).to_be_visible()
    expect(page.get_by_role("button", name="Process again")).to_be_visible()
    expect(page.get_by_role("region", name="What to work on")).to_be_visible()
    assert page.evaluate("window.same")


def hears_a_filler(page: Page) -> None:
    filler = page.locator("#finding-list .finding .when a").first
    said_at = float(filler.get_attribute("data-ms") or "nan") / 1000
    filler.click()
    until(page, PLAYS_FROM, [said_at, MARGIN_S])
    page.evaluate("player().pause()")


def dismisses_a_filler(page: Page) -> None:
    counted = page.get_by_role("region", name="Fillers counted")
    expect(counted).to_contain_text(re.compile(r"um\s*2"))
    dismiss = page.locator("#finding-list").get_by_role("button", name=re.compile("^Not a filler"))
    dismiss.first.click()
    expect(page.get_by_role("region", name="Your corrections")).to_contain_text("is not a filler")
    expect(counted).to_contain_text(re.compile(r"um\s*1"))
    expect(page.locator("#announcement")).to_contain_text("2 fillers are counted")


def practises_again(page: Page, first: str) -> None:
    page.get_by_role("link", name="Practise this again").click()
    assert speak(page) != first
    sees_it_being_worked_on(page)
    expect(page.locator(".retake")).to_contain_text("Fillers")
    expect(page.get_by_text(re.compile("retake of", re.IGNORECASE)).first).to_be_visible()


def takes_it_along(page: Page) -> None:
    page.get_by_role("link", name="Export", exact=True).click()
    with page.expect_download() as download:
        page.get_by_role("link", name="JSON").click()
    told = json.loads(download.value.path().read_text())
    assert told["metrics"]["fillers_total"] == 3


def deletes(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("link", name="Delete", exact=True).click()
    page.get_by_role("button", name="Delete for good").click()
    expect(page.get_by_role("heading", name="Your talks")).to_be_visible()


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_a_talk_is_recorded_read_corrected_retaken_compared_taken_along_and_deleted(
    width: int, scheme: Literal["light", "dark"], running: System, tmp_path: Path
) -> None:
    with browser_hearing(spoken(tmp_path / "talk.wav", DEMO, SECONDS + 2)) as browser:
        page = opened(browser, running, width, scheme)
        sign_up(page)
        first = speak(page)
        sees_it_being_worked_on(page)
        assert fits(page)
        hears_a_filler(page)
        dismisses_a_filler(page)
        practises_again(page, first)
        assert fits(page)
        again = page.url
        takes_it_along(page)
        deletes(page, again)
        deletes(page, first)
        expect(page.get_by_role("heading", name="Bring your first talk")).to_be_visible()
