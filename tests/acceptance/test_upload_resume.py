"""Whatever happens on the way to the server, a talk arrives, and nothing of it is sent twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import (
    Browser,
    FilePayload,
    Page,
    Request,
    Route,
    expect,
    sync_playwright,
)
from pytest_django.live_server_helper import LiveServer

from accounts_app.models import User
from tests import media_files
from tests.acceptance import chromium
from tests.acceptance.browsing import until
from tests.acceptance.kept import keepers, takes, titles
from tests.acceptance.new_talk import (
    NEW_TALK,
    REPORT,
    notice,
    player,
    press,
    received,
    sign_in,
    upload,
    visit,
    visited,
)
from tests.acceptance.system import System
from tests.acceptance.uploading import DEMO
from tests.acceptance.visiting import key_of
from tests.deadline import eventually
from tests.factories import PASSWORD, UserFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.page]

SLOW = 400_000  # bytes a second
UPLOADS = re.compile(r"/uploads/")


@pytest.fixture
def key(speaker: User) -> str:
    """Of somebody signed in; made before a browser runs."""
    return key_of(speaker)


@pytest.fixture
def others_key(transactional_db: None) -> str:
    return key_of(UserFactory.create())


@pytest.fixture
def browser(key: str, others_key: str, browser: Browser) -> Browser:
    """Started when the keys are there: its loop keeps this thread from the database."""
    return browser


@pytest.fixture
def wav(tmp_path: Path) -> Path:
    """Nearly 3 MB of speech."""
    sound = media_files.talk(phrases=50)
    return media_files.write(tmp_path / "Rehearsal.wav", sound)


@pytest.fixture
def page(browser: Browser, key: str, running: System) -> Page:
    return visited(browser, running.url, key)


class Line:
    """What a page sends to the addresses of uploads, over a line as slow as asked for.

    `offsets` has one for each that is `asked`; None where it sends nothing of the file.
    """

    def __init__(self, page: Page) -> None:
        self._protocol = page.context.new_cdp_session(page)
        self._protocol.send("Network.enable")
        self.asked = list[str]()
        self.offsets = list[int | None]()
        page.on("request", self._note)

    def _note(self, request: Request) -> None:
        if not UPLOADS.search(request.url):
            return
        sends = request.method == "PATCH"
        self.asked.append(request.method)
        self.offsets.append(int(request.headers["upload-offset"]) if sends else None)

    def slow(self) -> None:
        self._emulate(uploadThroughput=SLOW)

    def fast(self) -> None:
        self._emulate()

    def cut(self) -> None:
        self._emulate(offline=True)

    def _emulate(self, **conditions: Any) -> None:
        line = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
        self._protocol.send("Network.emulateNetworkConditions", {**line, **conditions})


def choose(page: Page, file: Path) -> None:
    page.locator("input[name=recording]").set_input_files(file)
    expect(page.locator("[data-kept-name]")).to_have_text(file.name)


def sent_beyond(page: Page, share: float) -> None:
    until(page, "share => document.querySelector('progress').value > share", share)


def test_a_reload_in_the_middle_goes_on_from_there(page: Page, wav: Path) -> None:
    choose(page, wav)
    page.get_by_label("Title").fill("Before the reload")
    line = Line(page)
    line.slow()
    press(page, "Upload and analyse")
    sent_beyond(page, 0.4)
    line.asked.clear()
    line.offsets.clear()
    page.reload()
    expect(page.get_by_text("Uploading your talk").first).to_be_visible()
    line.fast()
    page.wait_for_url(REPORT)
    assert "HEAD" in line.asked
    assert "POST" not in line.asked
    went_on = line.offsets[line.asked.index("HEAD") :]
    sent = [offset for offset in went_on if offset is not None]
    assert sent
    assert min(sent) > 0
    expect(page.get_by_role("heading", name="Before the reload")).to_be_visible()
    assert received(page) == wav.read_bytes()


def test_a_connection_that_breaks_is_waited_for(page: Page, wav: Path) -> None:
    choose(page, wav)
    line = Line(page)
    line.slow()
    press(page, "Upload and analyse")
    sent_beyond(page, 0.4)
    line.cut()
    expect(notice(page)).to_contain_text("The server does not answer")
    expect(notice(page)).to_contain_text("Your recording is safe in this browser")
    expect(page.get_by_role("button", name="Try now")).to_be_visible()
    line.fast()
    page.wait_for_url(REPORT)
    assert line.asked.count("POST") == 1
    assert received(page) == wav.read_bytes()


def test_a_server_in_trouble_is_asked_again(
    browser: Browser, key: str, live_server: LiveServer
) -> None:
    page = visited(browser, live_server.url, key)
    troubles = ["POST", "PATCH", "HEAD"]

    def trouble(route: Route) -> None:
        if route.request.method in troubles:
            troubles.remove(route.request.method)
            route.fulfill(status=503, body="")
        else:
            route.continue_()

    page.route(UPLOADS, trouble)
    choose(page, DEMO)
    upload(page)
    assert troubles == []


def test_a_lost_answer_to_the_form_makes_one_talk(
    browser: Browser, key: str, live_server: LiveServer
) -> None:
    page = visited(browser, live_server.url, key)
    lost = list[str]()

    def lose(route: Route) -> None:
        if route.request.method != "POST" or lost:
            route.continue_()
            return
        answer = route.fetch()
        lost.append(answer.url)
        route.abort()

    page.route(f"**{NEW_TALK}", lose)
    choose(page, DEMO)
    upload(page)
    assert page.url in lost
    page.goto(live_server.url)
    expect(page.get_by_role("link", name="talk", exact=True)).to_have_count(1)


def test_signed_out_meanwhile_keeps_and_goes_on(
    browser: Browser, key: str, running: System, wav: Path
) -> None:
    page = visited(browser, running.url, key)
    choose(page, wav)
    page.context.clear_cookies()
    press(page, "Upload and analyse")
    expect(notice(page)).to_contain_text("You are signed out")
    expect(notice(page).get_by_role("link", name="sign in")).to_be_visible()
    sign_in(page.context, running.url, key)
    upload(page)
    assert received(page) == wav.read_bytes()


def test_the_form_says_so_when_signed_out_at_its_end(
    browser: Browser, key: str, live_server: LiveServer
) -> None:
    page = visited(browser, live_server.url, key)
    choose(page, DEMO)

    signed_out = list[str]()

    def sign_out(route: Route) -> None:
        if route.request.method == "POST" and not signed_out:
            signed_out.append(route.request.url)
            page.context.clear_cookies()
        route.continue_()

    page.route(f"**{NEW_TALK}", sign_out)
    press(page, "Upload and analyse")
    expect(notice(page)).to_contain_text("You are signed out")
    sign_in(page.context, live_server.url, key)
    upload(page)


def test_a_page_older_than_the_last_sign_in_goes_on(
    browser: Browser, key: str, live_server: LiveServer
) -> None:
    page = visited(browser, live_server.url, key)
    choose(page, DEMO)
    token = page.locator("[data-new-talk] [name=csrfmiddlewaretoken]")
    token.evaluate("field => { field.value = 'x'.repeat(64); }")
    upload(page)


def test_another_account_does_not_get_it(
    browser: Browser, key: str, others_key: str, live_server: LiveServer
) -> None:
    page = visited(browser, live_server.url, key)
    choose(page, DEMO)
    page.context.clear_cookies()
    sign_in(page.context, live_server.url, others_key)
    press(page, "Upload and analyse")
    expect(notice(page)).to_contain_text("Somebody else is signed in here now")
    page.reload()
    expect(page.get_by_role("button", name="Record", exact=True)).to_be_visible()
    expect(player(page)).not_to_be_attached()


def test_a_form_with_errors_keeps_the_upload(
    browser: Browser, key: str, live_server: LiveServer
) -> None:
    page = visited(browser, live_server.url, key)
    line = Line(page)
    choose(page, DEMO)
    page.get_by_label("Language").select_option("de")
    press(page, "Upload and analyse")
    expect(page.get_by_text("Please look at the marked fields.")).to_be_visible()
    expect(page.locator("[data-kept-name]")).to_have_text(DEMO.name)
    page.get_by_label("Language").select_option("en")
    upload(page)
    assert line.asked.count("POST") == 1
    assert line.asked.count("PATCH") == 1


def test_stopping_keeps_what_was_sent(page: Page, wav: Path) -> None:
    choose(page, wav)
    line = Line(page)
    line.slow()
    press(page, "Upload and analyse")
    sent_beyond(page, 0.4)
    press(page, "Stop")
    expect(notice(page)).to_contain_text("Stopped.")
    line.fast()
    upload(page)
    assert line.asked.count("POST") == 1
    assert received(page) == wav.read_bytes()


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    """Where a browser keeps what it knows from one start to the next."""
    return tmp_path / "profile"


def started(profile: Path) -> Iterator[Page]:
    with sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            str(profile), executable_path=chromium.executable(), args=["--no-sandbox"]
        )
        yield context.pages[0]
        context.close()


def kept(page: Page, title: str) -> None:
    """Wait until the sound and the title are stored."""
    eventually(lambda: keepers(page) and titles(page) == [title])


def test_a_browser_that_was_closed_offers_the_file_again(
    live_server: LiveServer, key: str, profile: Path
) -> None:
    for first in started(profile):
        chosen = visit(first.context, live_server.url, key)
        choose(chosen, DEMO)
        chosen.get_by_label("Title").fill("From yesterday")
        expect(player(chosen)).to_be_visible()
        kept(chosen, "From yesterday")
    for later in started(profile):
        page = visit(later.context, live_server.url, key)
        expect(notice(page)).to_contain_text("still in your browser and not on the server yet")
        expect(page.get_by_label("Title")).to_have_value("From yesterday")
        upload(page)
        assert received(page) == DEMO.read_bytes()


def test_a_dropped_file_is_chosen(browser: Browser, key: str, live_server: LiveServer) -> None:
    page = visited(browser, live_server.url, key)
    drop = """(name) => {
        const transfer = new DataTransfer();
        transfer.items.add(new File(["Hello there."], name));
        const options = { dataTransfer: transfer, bubbles: true, cancelable: true };
        for (const kind of ["dragover", "drop"]) {
            document.body.dispatchEvent(new DragEvent(kind, options));
        }
    }"""
    expect(page.get_by_role("button", name="Record", exact=True)).to_be_visible()
    page.evaluate(drop, "words.txt")
    assert (
        page.evaluate(
            "document.forms[0] && document.querySelector('[name=transcript_file]').files[0].name"
        )
        == "words.txt"
    )
    page.evaluate(drop, "talk.webm")
    expect(page.locator("[data-kept-name]")).to_have_text("talk.webm")


def test_a_file_that_is_too_large_is_not_even_begun(
    browser: Browser, key: str, live_server: LiveServer, wav: Path
) -> None:
    page = visited(browser, live_server.url, key)
    page.evaluate("document.querySelector('[data-new-talk]').dataset.maxBytes = 1000")
    page.locator("input[name=recording]").set_input_files(wav)
    expect(notice(page)).to_contain_text("This file is larger than 500 MB")
    expect(page.locator("[data-kept-name]")).to_be_hidden()


EMPTY = FilePayload(name="empty.webm", mimeType="video/webm", buffer=b"")
KEEP_EMPTY = """async () => {
    const takes = await import("/static/js/takes.js");
    const { user } = document.querySelector("[data-new-talk]").dataset;
    const about = { name: "empty.webm", type: "video/webm", title: "", ms: 0, fields: [] };
    await takes.save({ ...about, user, whole: true, sending: true, page: "/talks/new/" });
    await takes.addPart(user, 0, new File([], "empty.webm"), 0);
}"""


def test_an_empty_file_is_not_even_begun(
    browser: Browser, key: str, live_server: LiveServer
) -> None:
    page = visited(browser, live_server.url, key)
    page.locator("input[name=recording]").set_input_files(EMPTY)
    expect(notice(page)).to_contain_text("The file is empty.")
    expect(page.locator("[data-kept-name]")).to_be_hidden()
    choose(page, DEMO)
    upload(page)


def test_an_empty_file_that_is_kept_already_can_be_discarded(
    browser: Browser, key: str, live_server: LiveServer
) -> None:
    page = visited(browser, live_server.url, key)
    page.evaluate(KEEP_EMPTY)
    page.reload()
    expect(notice(page)).to_contain_text("The file is empty.")
    press(page, "Discard")
    press(page, "Discard for good")
    expect(page.get_by_role("button", name="Record", exact=True)).to_be_visible()
    page.reload()
    expect(page.get_by_role("button", name="Record", exact=True)).to_be_visible()


def test_a_fault_of_the_page_locks_nobody_out(
    browser: Browser, key: str, live_server: LiveServer
) -> None:
    page = visited(browser, live_server.url, key)
    choose(page, DEMO)
    page.evaluate("document.querySelector('[data-progress]').remove()")
    press(page, "Upload and analyse")
    expect(notice(page)).to_contain_text("still in your browser and not on the server yet")
    expect(page.get_by_role("button", name="Discard", exact=True)).to_be_visible()
    eventually(lambda: [take["sending"] for take in takes(page)] == [False])
    page.reload()
    upload(page)


def test_errors_go_when_a_file_is_chosen(
    browser: Browser, key: str, live_server: LiveServer
) -> None:
    page = visited(browser, live_server.url, key)
    press(page, "Upload and analyse")
    expect(page.get_by_text("Choose a recording, or give a transcript.")).to_be_visible()
    choose(page, DEMO)
    expect(page.get_by_role("alert")).to_have_count(0)


def test_a_deleted_account_leaves_nothing_in_the_browser(
    browser: Browser, key: str, others_key: str, live_server: LiveServer
) -> None:
    page = visited(browser, live_server.url, others_key)
    choose(page, DEMO)
    eventually(lambda: len(keepers(page)) == 1, what="the first one's sound is kept")
    page.context.clear_cookies()
    sign_in(page.context, live_server.url, key)
    page.goto(live_server.url + NEW_TALK)
    choose(page, DEMO)
    own = page.locator("[data-new-talk]").get_attribute("data-user")
    eventually(lambda: len(keepers(page)) == 2)
    page.goto(live_server.url + "/account/delete/")
    page.get_by_label("Password").fill("not this one")
    press(page, "Delete my account")
    expect(page.get_by_role("alert")).to_be_visible()
    assert len(keepers(page)) == 2
    page.get_by_label("Password").fill(PASSWORD)
    press(page, "Delete my account")
    expect(page.get_by_text("Your account and everything in it were deleted.")).to_be_visible()
    eventually(lambda: len(keepers(page)) == 1)
    assert own not in keepers(page)
