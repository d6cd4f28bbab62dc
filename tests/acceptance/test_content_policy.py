"""What a browser says of the policy that pages carry: that nothing on them goes against it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from tests.acceptance.visiting import Visit, each_page, visits

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.page]

WIDE = 1280
NOTE = """window.against = [];
document.addEventListener("securitypolicyviolation", event => window.against.push(
  `${event.violatedDirective} ${event.blockedURI} ${event.sourceFile} ${event.lineNumber}`));"""
SNEAK = """() => {
  const script = document.createElement("script");
  script.textContent = "window.ran = true";
  document.body.append(script);
  document.body.insertAdjacentHTML("beforeend", "<img src='/none' onerror='window.ran = true'>");
  return new Promise(done => document.body.lastChild.addEventListener("error", () => done(
    Boolean(window.ran))));
}"""


@pytest.fixture
def visited(transactional_db: None) -> tuple[Visit, ...]:
    """The pages, before the browser."""
    return visits()


def test_no_page_goes_against_the_policy(
    live_server: LiveServer, visited: tuple[Visit, ...], browser: Browser
) -> None:
    against = {
        page.name: found
        for page, tab in each_page(browser, live_server.url, visited, WIDE, script=NOTE)
        if (found := tab.evaluate("window.against"))
    }
    assert not against, against


def test_what_gets_into_a_page_is_not_run(
    live_server: LiveServer, visited: tuple[Visit, ...], browser: Browser
) -> None:
    for _page, tab in each_page(browser, live_server.url, visited[:1], WIDE, script=NOTE):
        assert tab.evaluate(SNEAK) is False
        assert len(tab.evaluate("window.against")) == 2
