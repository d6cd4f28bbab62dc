"""The first findings, and the finished report that takes their place before the reader's eyes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from accounts_app.models import User
from tests.acceptance import system
from tests.acceptance.browsing import PATIENCE_MS, fits, focused, open_page, sign_up, until, upload
from tests.acceptance.conftest import OwnRedis
from tests.acceptance.system import System
from tests.acceptance.uploading import DEMO
from tests.simulator import Simulator

TRANSCRIPT = DEMO.with_suffix(".txt")

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.page]

NOTE_THE_FOCUS = """
document.addEventListener("htmx:oobAfterSwap", (event) => {
  if (event.target.id === "report-rest") window.meanwhile = document.activeElement.textContent;
})
"""
"""Of the moment when the parts are in their places, and have not settled there."""

CHANGED = "What the AI’s second reading changed"

BACK_MS = PATIENCE_MS + 90_000
"""Until a server that is back is seen on the page: the next try is up to a minute away, and a page
without scripts looks every quarter of a minute.
"""


@pytest.fixture
def with_model(
    live_env: dict[str, str], own_redis: OwnRedis, folder: Path, speaker: User
) -> Iterator[Callable[[Simulator], System]]:
    """`up` with this simulator as its model."""
    started: list[System] = []

    def start(simulator: Simulator) -> System:
        environment = {
            **live_env,
            "REDIS_URL": own_redis.url,
            "OPENAI_BASE_URL": simulator.url,
            "MODEL_RETRY_SECONDS": "1",
        }
        started.append(system.start(environment, folder))
        return started[-1]

    yield start
    for each in started:
        each.stop()


def status(page: Page, headline: str) -> None:
    expect(page.locator("#status-title")).to_have_text(headline)


def top_of(page: Page, selector: str) -> float:
    return float(page.evaluate(f"document.querySelector('{selector}').getBoundingClientRect().top"))


def test_the_report_is_refined_in_place_while_its_reader_scrolls_and_listens(
    with_model: Callable[[Simulator], System], simulator: Simulator, browser: Browser
) -> None:
    page = open_page(browser, with_model(simulator))
    simulator.hold()
    page.set_viewport_size({"width": 1280, "height": 500})
    sign_up(page)
    upload(page, DEMO, TRANSCRIPT.read_text())
    status(page, "AI review running")
    expect(page.get_by_role("heading", name="Still to come")).to_be_visible()
    expect(page.locator(".score-fillers")).to_contain_text("may still change")
    expect(page.locator(".score-pace")).not_to_contain_text("may still change")
    first = page.locator(".score-overall .score-value").inner_text()
    page.evaluate(
        "player().dataset.mine = 'yes', player().muted = player().loop = true, void player().play()"
    )
    page.evaluate("document.getElementById('findings').scrollIntoView()")
    page.evaluate("document.getElementById('words').scrollTop = 40")
    page.locator(".w[tabindex='0']").evaluate("word => word.focus({ preventScroll: true })")
    word, before = focused(page), top_of(page, "#findings")
    page.evaluate(NOTE_THE_FOCUS)
    until(page, "player().currentTime > 0")

    simulator.release()
    card = page.get_by_role("region", name=CHANGED)
    expect(card).to_be_attached()
    expect(page.locator("#announcement")).to_contain_text("Your report is ready")
    expect(page.locator("#announcement")).to_contain_text("counted 1 possible one")
    assert page.evaluate("[player().dataset.mine, player().paused]") == ["yes", False]
    assert abs(top_of(page, "#findings") - before) < 3
    assert page.evaluate("document.getElementById('words').scrollTop") == 40
    assert page.evaluate("meanwhile") == word
    assert focused(page) == word
    expect(page.locator("#status")).to_have_count(0)
    expect(page.locator(".report")).to_have_count(1)
    expect(page.get_by_role("region", name="What to work on")).to_be_visible()

    expect(card).to_contain_text(re.compile(r"Fillers 8 →.*9"))
    expect(card).to_contain_text(re.compile(rf"Overall {re.match('[0-9]+', first)[0]} →"))  # type: ignore[index]
    card.get_by_role("link", name="kind of").click()
    expect(page.locator(".w:target")).to_have_text("kind")
    page.reload()
    expect(card).to_contain_text(re.compile(r"Fillers 8 →.*9"))


def test_what_is_known_is_read_on_a_phone_while_the_server_is_away(
    with_model: Callable[[Simulator], System], simulator: Simulator, browser: Browser
) -> None:
    page = open_page(browser, with_model(simulator), width=390)
    sign_up(page)
    simulator.kill()
    upload(page, DEMO, TRANSCRIPT.read_text())
    status(page, "Waiting for the AI server")
    expect(page.locator("#status")).to_contain_text("If the AI stays away: coaching by rules")
    expect(page.get_by_role("region", name="Fillers counted")).to_contain_text("8")
    assert fits(page)
    page.get_by_role("button", name="Cancel").focus()
    simulator.start()
    expect(page.get_by_role("region", name=CHANGED)).to_be_visible(timeout=BACK_MS)
    expect(page.locator(":focus")).to_have_text(CHANGED)
    assert fits(page)


def test_without_scripts_the_page_comes_to_the_report_by_itself(
    with_model: Callable[[Simulator], System], simulator: Simulator, browser: Browser
) -> None:
    started = with_model(simulator)
    plain = browser.new_context(base_url=started.url, java_script_enabled=False)
    page = plain.new_page()
    page.set_default_timeout(PATIENCE_MS)
    sign_up(page)
    simulator.kill()
    upload(page, DEMO, TRANSCRIPT.read_text())
    status(page, "Waiting for the AI server")
    expect(page.get_by_role("heading", name="Still to come")).to_be_visible()
    simulator.start()
    expect(page.get_by_role("region", name=CHANGED)).to_be_visible(timeout=BACK_MS)
