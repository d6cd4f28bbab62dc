"""What a person does in a browser, whatever is tested."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, expect

from tests.acceptance.system import System

PATIENCE_MS = 180_000
PASSWORD = "a long and winding road"


def open_page(browser: Browser, at: System, width: int = 1280) -> Page:
    page = browser.new_page(base_url=at.url, viewport={"width": width, "height": 900})
    page.set_default_timeout(PATIENCE_MS)
    expect.set_options(timeout=PATIENCE_MS)
    return page


def sign_up(page: Page) -> None:
    page.goto("/accounts/signup/")
    page.get_by_label("Email").fill("new.speaker@example.com")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("Password (again)").fill(PASSWORD)
    page.get_by_role("button", name="Create account").click()
    expect(page.get_by_role("heading", name="New talk")).to_be_visible()


def upload(page: Page, recording: Path, transcript: str = "") -> None:
    page.goto("/talks/new/")
    page.get_by_label("Recording").set_input_files(recording)
    if transcript:
        page.locator("summary", has_text="Transcript").click()
        page.get_by_label("Transcript, pasted").fill(transcript)
    page.get_by_role("button", name="Upload and analyse").click()


def finished(page: Page) -> None:
    """Wait for the report that stays: first findings are replaced while one uses them."""
    expect(page.get_by_role("link", name="Practise this again")).to_be_visible()


def until(page: Page, expression: str, arg: Any = None, *, every_ms: float = 50) -> None:
    """Wait until it is true in the page. Playwright's own way takes `eval`, which pages forbid."""
    deadline = time.monotonic() + PATIENCE_MS / 1000
    while not page.evaluate(expression, arg):
        assert time.monotonic() < deadline, expression
        page.wait_for_timeout(every_ms)


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.textContent"))
