"""What is one's own: taken along and deleted, in a real browser."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.acceptance.browsing import PASSWORD, PATIENCE_MS, fits, open_page, sign_up, upload
from tests.acceptance.system import System
from tests.acceptance.uploading import DEMO
from tests.sessions_app.exports.unpacked import contents

pytestmark = pytest.mark.django_db(transaction=True)

TRANSCRIPT = DEMO.with_suffix(".txt")


def with_a_report(page: Page) -> None:
    sign_up(page)
    upload(page, DEMO, TRANSCRIPT.read_text())
    expect(page.get_by_role("region", name="Fillers counted")).to_contain_text(
        re.compile(r"uh\s*3")
    )
    expect(page.get_by_role("button", name="Process again")).to_be_visible()


def downloaded(page: Page, name: str) -> tuple[str, Path]:
    """The suggested name and the file behind the link of this name."""
    with page.expect_download() as download:
        page.get_by_role("link", name=name).click()
    return download.value.suggested_filename, download.value.path()


def test_a_talk_is_taken_along_and_its_recording_deleted(running: System, browser: Browser) -> None:
    page = open_page(browser, running)
    with_a_report(page)
    report = page.url
    page.get_by_role("link", name="Export").click()
    name, path = downloaded(page, "Download all (zip)")
    files = contents(path.read_bytes())
    assert name == "talk.zip"
    assert files["talk.webm"] == DEMO.read_bytes()
    told = json.loads(files["report.json"])
    assert told["metrics"]["fillers_total"] == 8
    assert "| Fillers | 8 |" in files["report.md"].decode()
    assert downloaded(page, "WebVTT")[1].read_text().startswith("WEBVTT\n\n00:00:0")
    page.get_by_role("link", name="Delete the recording").click()
    page.get_by_role("button", name="Delete the recording").click()
    expect(page.get_by_text("The recording was deleted. The report stays.")).to_be_visible()
    assert page.url == report
    assert page.locator("#player").count() == 0
    expect(page.get_by_role("region", name="Fillers counted")).to_contain_text("8")
    expect(page.get_by_role("region", name="What to work on")).to_be_visible()


def test_an_account_is_looked_after_and_deleted_without_scripts(
    running: System, browser: Browser
) -> None:
    plain = browser.new_context(
        base_url=running.url, java_script_enabled=False, viewport={"width": 390, "height": 800}
    )
    page = plain.new_page()
    page.set_default_timeout(PATIENCE_MS)
    expect.set_options(timeout=PATIENCE_MS)
    with_a_report(page)
    page.get_by_role("link", name="Account").click()
    expect(page.get_by_role("region", name="What is kept here")).to_contain_text("1 recording")
    page.get_by_label("Keep recordings").select_option("for 30 days")
    page.get_by_label("Mail me").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Recordings go 30 days after their upload.")).to_be_visible()
    files = contents(downloaded(page, "Download everything (zip)")[1].read_bytes())
    account = json.loads(files["account.json"])
    assert account["account"]["media_retention_days"] == 30
    (recording,) = (name for name in files if name.endswith("/talk.webm"))
    assert files[recording] == DEMO.read_bytes()
    page.get_by_role("link", name="Delete the account").click()
    page.get_by_label("Password").fill("not this one")
    page.get_by_role("button", name="Delete my account").click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Delete my account").click()
    expect(page.get_by_text("Your account and everything in it were deleted.")).to_be_visible()
    page.get_by_label("Email").fill(account["account"]["email"])
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert").first).to_contain_text("not correct")


def test_the_pages_fit_a_phone(running: System, browser: Browser) -> None:
    page = open_page(browser, running, width=390)
    sign_up(page)
    for path in ("/account/", "/account/delete/", "/accounts/email/"):
        page.goto(path)
        assert fits(page)
