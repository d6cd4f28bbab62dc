"""The page of a new talk as its visitor uses it."""

from __future__ import annotations

import re
from typing import Any, cast

from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.acceptance.browsing import PATIENCE_MS, until

NEW_TALK = "/talks/new/"
REMEMBER = """window.made = new Map();
const make = URL.createObjectURL.bind(URL);
URL.createObjectURL = blob => { const url = make(blob); made.set(url, blob); return url; };"""
"""What a page plays from its memory; the policy of our pages lets nobody fetch it."""

REPORT = re.compile(r"/talks/[0-9a-f-]{36}/$")


def sign_in(context: BrowserContext, url: str, key: str) -> None:
    """`key` is the cookie of somebody signed in, made before the browser runs."""
    cookie: Any = {"name": settings.SESSION_COOKIE_NAME, "value": key, "url": url}
    context.add_cookies([cookie])


def visit(context: BrowserContext, url: str, key: str) -> Page:
    """The page of a new talk, ready to be used."""
    sign_in(context, url, key)
    context.add_init_script(REMEMBER)
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    expect.set_options(timeout=PATIENCE_MS)
    page.goto(url + NEW_TALK)
    return page


def visited(browser: Browser, url: str, key: str, width: int = 1280) -> Page:
    """In a window of its own."""
    context = browser.new_context(viewport={"width": width, "height": 900})
    return visit(context, url, key)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def start_recording(page: Page) -> None:
    press(page, "Record")
    press(page, "Start recording")


def speak_until(page: Page, seconds: float) -> None:
    """Until so much is recorded; pauses do not count."""
    enough = "least => Number(document.querySelector('[data-elapsed]').dataset.ms) >= least"
    until(page, enough, seconds * 1000)


def recorded_seconds(page: Page) -> float:
    return float(page.evaluate("document.querySelector('[data-elapsed]').dataset.ms")) / 1000


def record(page: Page, seconds: float) -> None:
    """From the first button to the preview."""
    start_recording(page)
    speak_until(page, seconds)
    press(page, "Finish")
    expect(player(page)).to_be_visible()


def player(page: Page) -> Locator:
    return page.locator("audio, video").and_(page.get_by_label("Listen before you upload"))


def notice(page: Page) -> Locator:
    return page.locator("[data-notice]")


def upload(page: Page) -> None:
    """Press the button and wait for the page of the talk."""
    press(page, "Upload and analyse")
    page.wait_for_url(REPORT)


def previewed(page: Page) -> bytes:
    """What the preview plays."""
    code = """async () => {
        const { src } = document.querySelector("[data-preview] > *");
        return [...new Uint8Array(await made.get(src).arrayBuffer())];
    }"""
    return bytes(cast("list[int]", page.evaluate(code)))


def received(page: Page) -> bytes:
    """The recording that the server plays on the page of the talk."""
    return page.context.request.get(f"{page.url}recording/").body()
