"""Every page, for eyes, keyboards and screen readers: WCAG 2.2 AA and best practices by axe-core,
and what axe does not see. The recorder at work is looked at in `test_recording.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser
from playwright.sync_api import Page as Tab
from pytest_django.live_server_helper import LiveServer

from sessions_app.models import PracticeSession
from tests.acceptance import broken
from tests.acceptance.visiting import Visit, each_page, visits

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.page,
    pytest.mark.urls("tests.acceptance.broken"),
]

WIDE, NARROW, NARROWEST = 1280, 390, 320  # CSS pixels; 320 by WCAG 2.2, 1.4.10
EVERYTHING = {"rules": {"target-size": {"enabled": True}}}  # WCAG 2.2; axe leaves it out by itself
COLOURS = {"runOnly": ["color-contrast", "link-in-text-block"]}
"""All that a scheme can change."""
MOST_STOPS = 400
"""Of the tab key on one page. The longest here has half of that."""

STRUCTURE = """() => {
  const shown = [...document.querySelectorAll("h1, h2, h3, h4")].filter(h => h.checkVisibility());
  const levels = shown.map(heading => Number(heading.tagName[1]));
  const titled = document.title.split("·").map(part => part.trim());
  return [
    document.documentElement.lang ? "" : "no language",
    titled.length > 1 && titled[0] && titled.at(-1) === "Speech Coach" ? "" : `title ${titled}`,
    levels.filter(level => level === 1).length === 1 ? "" : "not one h1",
    levels.every((level, at) => !at || level - levels[at - 1] <= 1) ? "" : `levels ${levels}`,
    document.querySelectorAll("main").length === 1 ? "" : "not one main",
  ].filter(Boolean);
}"""

FOCUS = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  const style = getComputedStyle(at);
  const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  const browsersOwn = at.matches("audio, video, input[type=date]"); // shows it on parts of these
  const box = at.getBoundingClientRect();
  const inside = box.right > 0 && box.left < innerWidth && box.bottom > 0 && box.top < innerHeight;
  return { name: at.outerHTML.slice(0, 90), seen: (ring || browsersOwn) && inside };
}"""

MOVING = """() => [...document.querySelectorAll("*")].flatMap(element =>
  [null, "::before", "::after"].map(part => getComputedStyle(element, part))
    .filter(style => style.animationName !== "none" || parseFloat(style.transitionDuration) > 0)
    .map(() => element.outerHTML.slice(0, 90)))"""


@pytest.fixture
def visited(transactional_db: None) -> tuple[Visit, ...]:
    """The pages, before the browser."""
    return visits(*broken.PAGES)


def findings(tab: Tab, options: dict[str, Any]) -> Iterator[str]:
    """Of any impact; "minor" ones too."""
    violations: list[dict[str, Any]] = Axe().run(tab, options=options).response["violations"]
    for violation in violations:
        for node in violation["nodes"]:
            yield f"{violation['impact']} {violation['id']}: {node['html'][:160]}"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_axe_finds_nothing(
    live_server: LiveServer, visited: tuple[Visit, ...], browser: Browser, width: int, scheme: str
) -> None:
    options = EVERYTHING if scheme == "light" else COLOURS
    found = [
        f"{page.name}: {finding}"
        for page, tab in each_page(browser, live_server.url, visited, width, scheme=scheme)
        for finding in findings(tab, options)
    ]
    assert not found, "\n".join(found)


def test_every_page_has_a_title_a_language_and_headings_in_order(
    live_server: LiveServer, visited: tuple[Visit, ...], browser: Browser
) -> None:
    wrong = {
        page.name: found
        for page, tab in each_page(browser, live_server.url, visited, WIDE)
        if (found := tab.evaluate(STRUCTURE))
    }
    assert not wrong, wrong


@pytest.mark.parametrize("locale", ["en-GB", "de-DE"])  # the words of German are longer
def test_nothing_has_to_be_scrolled_sideways(
    live_server: LiveServer, visited: tuple[Visit, ...], browser: Browser, locale: str
) -> None:
    too_wide = {
        page.name: beyond
        for page, tab in each_page(browser, live_server.url, visited, NARROWEST, locale=locale)
        if (beyond := tab.evaluate("document.documentElement.scrollWidth - innerWidth")) > 0
    }
    assert not too_wide, too_wide


@pytest.fixture
def with_long_titles(visited: tuple[Visit, ...]) -> tuple[Visit, ...]:
    """One word, as long as a title can be."""
    PracticeSession.objects.update(title="Unbrechbar" * 20)
    return visited


@pytest.mark.parametrize("width", [WIDE, NARROWEST])
def test_the_longest_word_as_a_title_stays_within_its_page(
    live_server: LiveServer, with_long_titles: tuple[Visit, ...], browser: Browser, width: int
) -> None:
    too_wide = {
        page.name: beyond
        for page, tab in each_page(browser, live_server.url, with_long_titles, width)
        if (beyond := tab.evaluate("document.documentElement.scrollWidth - innerWidth")) > 0
    }
    assert not too_wide, too_wide


def stops(tab: Tab) -> Iterator[dict[str, Any]]:
    """What the tab key comes to, until it leaves the page."""
    first = None
    for _ in range(MOST_STOPS):
        tab.keyboard.press("Tab")
        stop = tab.evaluate(FOCUS)
        if stop is None or stop["name"] == first:
            return
        first = first or stop["name"]
        yield stop


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_the_focus_is_always_seen_and_first_offers_to_skip_the_head(
    live_server: LiveServer, visited: tuple[Visit, ...], browser: Browser, width: int
) -> None:
    unseen = []
    for page, tab in each_page(browser, live_server.url, visited, width):
        found = list(stops(tab))
        assert found, page.name
        if not page.name.startswith("error-"):  # one link is before their content
            assert 'class="skip"' in found[0]["name"], page.name
        unseen += [f"{page.name}: {stop['name']}" for stop in found if not stop["seen"]]
    assert not unseen, "\n".join(unseen)


def test_nothing_moves_for_who_wants_it_still(
    live_server: LiveServer, visited: tuple[Visit, ...], browser: Browser
) -> None:
    moving = {}
    for page, tab in each_page(browser, live_server.url, visited, WIDE):
        tab.emulate_media(reduced_motion="reduce")
        if found := tab.evaluate(MOVING):
            moving[page.name] = found
    assert not moving, moving
