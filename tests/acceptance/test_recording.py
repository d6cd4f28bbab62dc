"""Recording in the browser, heard through a microphone that is a sound file."""

from __future__ import annotations

import io
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import av
import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Dialog, Page, Route, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from accounts_app.models import User
from tests import media_files
from tests.acceptance.browsing import PATIENCE_MS, fits, until
from tests.acceptance.microphone import (
    FAKE_DEVICE,
    RATE,
    browser_hearing,
    launched,
    sound_of,
    spoken,
)
from tests.acceptance.new_talk import (
    NEW_TALK,
    notice,
    player,
    press,
    previewed,
    received,
    record,
    recorded_seconds,
    sign_in,
    speak_until,
    start_recording,
    upload,
    visit,
    visited,
)
from tests.acceptance.system import System
from tests.acceptance.uploading import DEMO
from tests.acceptance.visiting import key_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.page]

BIT_RATE = 40_000  # bit/s: 32 kbit/s of sound and what holds it together
PART_MS = 250  # with the time to store it, a reload costs less than half a second
LOST_S = 2  # of a recording whose page goes away, on a busy machine
NOTE_PARTS = """() => {
    const start = MediaRecorder.prototype.start;
    window.handed = [];
    MediaRecorder.prototype.start = function (ms) {
        window.partMs = ms;
        this.addEventListener("dataavailable", ({ data }) => handed.push(data));
        start.call(this, ms);
    };
}"""
HANDED = "async () => [...new Uint8Array(await new Blob(window.handed).arrayBuffer())]"
MUTED = 0.0003  # of full scale, -70 dBFS: what a microphone gives that hears nobody
PAUSE_S = 3
GAP_S = 0.2  # from one recording to the next, at most


@pytest.fixture
def key(speaker: User) -> str:
    """Of somebody signed in; made before a browser runs."""
    return key_of(speaker)


@pytest.fixture
def browser(key: str, browser: Browser) -> Browser:
    """Started when `key` is there: its loop keeps this thread from the database."""
    return browser


@pytest.fixture
def voice(tmp_path: Path) -> Path:
    """A minute of somebody speaking, as a microphone hears it."""
    sound = np.tile(media_files.talk(phrases=5, rate=RATE), 6)
    return media_files.write(tmp_path / "voice.wav", sound, rate=RATE)


@pytest.fixture
def hearing(key: str, voice: Path) -> Iterator[Browser]:
    with browser_hearing(voice) as browser:
        yield browser


@pytest.fixture
def page(hearing: Browser, live_server: LiveServer, key: str) -> Page:
    return visited(hearing, live_server.url, key)


Packets = list[tuple[float, bytes]]


def packets(data: bytes) -> Packets:
    """When each begins, in seconds, and what is in it."""
    with av.open(io.BytesIO(data), mode="r") as container:
        return [
            (float(packet.pts * packet.time_base), bytes(packet))
            for packet in container.demux(audio=0)
            if packet.pts is not None and packet.time_base is not None
        ]


def packets_follow_each_other(data: bytes) -> bool:
    """No time comes twice."""
    return bool(np.all(np.diff([time for time, _ in packets(data)]) > 0))


def handed(page: Page) -> bytes:
    """All that the browser's recorder gave to the page since `NOTE_PARTS`."""
    return bytes(cast("list[int]", page.evaluate(HANDED)))


def seconds_of(data: bytes) -> float:
    return sound_of(data).size / RATE


def is_heard(data: bytes, length: float) -> bool:
    """The timer is no measure of it: what a busy machine does not hear goes on to be counted."""
    return packets_follow_each_other(data) and seconds_of(data) > length / 2


def test_a_recording_becomes_a_report(running: System, key: str, tmp_path: Path) -> None:
    with browser_hearing(spoken(tmp_path / "talk.wav", DEMO, 20)) as browser:
        page = visited(browser, running.url, key)
        page.evaluate(NOTE_PARTS)
        record(page, 8)
        length = recorded_seconds(page)
        told = page.locator("[data-kept-about]").inner_text()
        assert 0 <= int(told.removeprefix("0:")) - int(length) <= 2  # looked at a moment before
        until(page, "document.querySelector('[data-preview] > *')?.duration < 100")
        preview = previewed(page)
        assert preview == handed(page)
        upload(page)
        expect(page.get_by_role("heading", name=re.compile("^Talk of "))).to_be_visible()
        expect(page.get_by_role("heading", name="Transcript rough draft")).to_be_visible(
            timeout=PATIENCE_MS
        )
        data = received(page)
        page.goto(running.url + NEW_TALK)
        expect(page.get_by_role("button", name="Record", exact=True)).to_be_visible()
        expect(player(page)).not_to_be_attached()
    assert is_heard(preview, length)
    assert abs(seconds_of(data) - seconds_of(preview)) < 0.1
    assert 8 * len(data) / seconds_of(data) < BIT_RATE


def test_the_ring_moves_with_the_voice_and_nothing_else_is_there(page: Page) -> None:
    press(page, "Record")
    expect(page.get_by_label("Microphone")).not_to_be_empty()
    until(page, "document.querySelector('[data-meter]').value > 0.3")
    press(page, "Start recording")
    page.wait_for_selector("[data-ring][data-heard]")
    expect(page.get_by_role("timer")).to_have_text(re.compile("^0:0"))
    main = page.get_by_role("main")
    assert main.get_by_role("button").all_inner_texts() == ["Pause", "Finish"]
    for role in ("link", "textbox", "combobox"):
        expect(main.get_by_role(role)).to_have_count(0)
    expect(page.locator("[data-announcement]")).to_have_text("We are listening.")


def test_the_timer_shows_the_target_length_and_the_task(page: Page) -> None:
    page.locator("summary", has_text="Prompt and targets").click()
    page.get_by_label("Target length in minutes").fill("2.5")
    page.get_by_label("Practice prompt").fill("Why bees?")
    start_recording(page)
    expect(page.get_by_role("timer")).to_have_text(re.compile(r"0:0\d of 2:30"))
    expect(page.get_by_text("Why bees?")).to_be_visible()


def test_a_reload_in_the_middle_loses_less_than_half_a_second(page: Page) -> None:
    page.get_by_label("Title").fill("Bees in the city")
    page.evaluate(NOTE_PARTS)
    start_recording(page)
    speak_until(page, 1)
    until(page, "handed.some(part => part.size > 0)")
    assert page.evaluate("partMs") <= PART_MS
    before = handed(page)
    assert before
    speak_until(page, recorded_seconds(page) + LOST_S)
    page.reload()
    expect(notice(page)).to_contain_text("Your recording was interrupted after 0:0")
    expect(page.get_by_label("Title")).to_have_value("Bees in the city")
    preview = previewed(page)
    assert preview.startswith(before)
    kept = seconds_of(preview)
    upload(page)
    expect(page.get_by_role("heading", name="Bees in the city")).to_be_visible()
    assert abs(seconds_of(received(page)) - kept) < 0.1


def assert_joined(joined: Packets, first: Packets, second: Packets) -> None:
    """One comes after the other, whole but for the last packet of what was interrupted."""
    end = len(joined) - len(second)
    assert len(first) - end in {0, 1}
    assert joined[:end] == first[:end]
    assert [sound for _, sound in joined[end:]] == [sound for _, sound in second]
    shifts = [now - then for (now, _), (then, _) in zip(joined[end:], second, strict=True)]
    assert shifts == pytest.approx([shifts[0]] * len(second), abs=0.002)
    assert 0 < joined[end][0] - joined[end - 1][0] < GAP_S


def test_an_interrupted_recording_goes_on(page: Page) -> None:
    start_recording(page)
    speak_until(page, 2)
    page.reload()
    expect(player(page)).to_be_visible()
    first = previewed(page)
    page.evaluate(NOTE_PARTS)
    press(page, "Go on recording")
    press(page, "Start recording")
    speak_until(page, 4)
    press(page, "Finish")
    expect(player(page)).to_be_visible()
    length = recorded_seconds(page)
    joined = previewed(page)
    assert is_heard(joined, length)
    assert_joined(packets(joined), packets(first), packets(handed(page)))
    page.reload()
    expect(player(page)).to_be_visible()
    assert previewed(page) == joined


def test_a_pause_is_left_out(page: Page) -> None:
    press(page, "Record")
    expect(page.get_by_role("button", name="Start recording")).to_be_visible()
    began = time.monotonic()
    press(page, "Start recording")
    speak_until(page, 2)
    press(page, "Pause")
    expect(page.locator("[data-announcement]")).to_have_text("Paused.")
    paused_at = recorded_seconds(page)
    paused = time.monotonic()
    page.wait_for_timeout(PAUSE_S * 1000)
    assert recorded_seconds(page) < paused_at + PAUSE_S - 1
    went_on = time.monotonic()
    press(page, "Go on")
    speak_until(page, paused_at + 1)
    press(page, "Finish")
    expect(player(page)).to_be_visible()
    most = time.monotonic() - began - (went_on - paused) + 1
    length, preview = recorded_seconds(page), previewed(page)
    assert length < most
    assert length / 2 < seconds_of(preview) < most


def test_errors_from_before_go_when_one_speaks(page: Page) -> None:
    press(page, "Upload and analyse")
    expect(page.get_by_text("Please look at the marked fields.")).to_be_visible()
    expect(page.get_by_text("Choose a recording, or give a transcript.")).to_be_visible()
    record(page, 1)
    expect(page.get_by_role("alert")).to_have_count(0)
    assert page.get_by_label("Recording").get_attribute("aria-invalid") is None


def test_leaving_while_recording_is_asked_about(page: Page) -> None:
    asked = list[str]()

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    page.evaluate("void setTimeout(() => location.assign('/'), 0)")
    expect(page.get_by_role("heading", name="Your talks")).to_be_visible()
    assert asked == []
    page.go_back()
    start_recording(page)
    speak_until(page, 1)
    page.evaluate("void setTimeout(() => location.assign('/'), 0)")
    speak_until(page, 2)
    assert asked == ["beforeunload"]


def test_a_recording_is_discarded_only_after_a_question(page: Page) -> None:
    record(page, 1)
    press(page, "Discard")
    press(page, "Keep")
    expect(player(page)).to_be_visible()
    press(page, "Discard")
    press(page, "Discard for good")
    expect(page.get_by_role("button", name="Record", exact=True)).to_be_focused()
    page.reload()
    expect(page.get_by_role("button", name="Record", exact=True)).to_be_visible()
    expect(player(page)).not_to_be_attached()


def test_a_video_is_recorded_with_its_sound(page: Page) -> None:
    page.get_by_label("with video").check()
    press(page, "Record")
    until(page, "document.querySelector('[data-mirror]').videoWidth > 0")
    page.evaluate(NOTE_PARTS)
    press(page, "Start recording")
    speak_until(page, 2)
    expect(page.locator("[data-mirror]")).to_be_hidden()
    press(page, "Finish")
    until(page, "document.querySelector('[data-preview] > *')?.videoWidth > 0")
    assert previewed(page) == handed(page)
    assert is_heard(previewed(page), recorded_seconds(page))


def test_the_whole_way_by_keyboard(page: Page) -> None:
    def follow(name: str) -> None:
        expect(page.get_by_role("button", name=name, exact=True)).to_be_focused()
        page.keyboard.press("Enter")

    page.get_by_role("button", name="Record", exact=True).focus()
    follow("Record")
    follow("Start recording")
    speak_until(page, 1)
    follow("Pause")
    follow("Go on")
    page.keyboard.press("Tab")
    follow("Finish")
    expect(page.locator(".kept")).to_be_focused()
    stops = list[str]()
    while "Upload and analyse" not in stops:
        page.keyboard.press("Tab")
        stops.append(str(page.evaluate("document.activeElement.textContent.trim()")))
    assert "Discard" in stops
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/talks/[0-9a-f-]{36}/$"))


def looks_right(page: Page) -> None:
    """It fits, and axe finds nothing."""
    assert fits(page)
    assert [found["id"] for found in Axe().run(page).response["violations"]] == []


def test_every_phase_fits_a_phone_and_everybody(
    hearing: Browser, live_server: LiveServer, key: str
) -> None:
    page = visited(hearing, live_server.url, key, width=390)
    looks_right(page)
    press(page, "Record")
    expect(page.get_by_role("button", name="Start recording")).to_be_visible()
    looks_right(page)
    press(page, "Start recording")
    speak_until(page, 1)
    looks_right(page)
    press(page, "Finish")
    expect(player(page)).to_be_visible()
    looks_right(page)
    press(page, "Discard")
    looks_right(page)
    press(page, "Keep")
    page.context.set_offline(True)
    press(page, "Upload and analyse")
    expect(page.get_by_role("button", name="Try now")).to_be_visible()
    looks_right(page)


def test_a_second_tab_waits_for_the_first(page: Page, live_server: LiveServer, key: str) -> None:
    start_recording(page)
    speak_until(page, 1)
    second = visit(page.context, live_server.url, key)
    expect(second.get_by_text("is under way in another tab. Go on there")).to_be_visible()
    expect(second.get_by_role("button", name="Record", exact=True)).to_be_hidden()
    press(page, "Finish")
    expect(player(page)).to_be_visible()
    press(page, "Discard")
    press(page, "Discard for good")
    expect(second.get_by_role("button", name="Record", exact=True)).to_be_visible()


def test_a_tab_that_was_open_before_does_not_record_over_another(
    page: Page, live_server: LiveServer, key: str
) -> None:
    second = visit(page.context, live_server.url, key)
    record(page, 1)
    press(second, "Record")
    expect(second.get_by_text("is under way in another tab. Go on there")).to_be_visible()
    page.close()
    expect(player(second)).to_be_visible()


def test_the_longest_talk_ends_by_itself(
    hearing: Browser, live_server: LiveServer, key: str
) -> None:
    def shorter(route: Route) -> None:
        answer = route.fetch()
        html = answer.text().replace('data-max-minutes="60"', 'data-max-minutes="0.03"')
        route.fulfill(response=answer, body=html)

    context = hearing.new_context()
    context.route(f"**{NEW_TALK}", shorter)
    page = visit(context, live_server.url, key)
    start_recording(page)
    expect(player(page)).to_be_visible()
    expect(notice(page)).to_contain_text("A talk may have 60 minutes")


def test_a_microphone_that_hears_nothing_is_told(
    live_server: LiveServer, key: str, tmp_path: Path
) -> None:
    wav = media_files.write(tmp_path / "quiet.wav", media_files.noise(60, MUTED, RATE), rate=RATE)
    with browser_hearing(wav) as browser:
        page = visited(browser, live_server.url, key)
        press(page, "Record")
        expect(notice(page)).to_contain_text("We do not hear you.")
        press(page, "Start recording")
        expect(notice(page)).to_be_empty()
        speak_until(page, 1)
        expect(notice(page)).to_contain_text("We do not hear you.")


def test_a_microphone_that_is_blocked_is_told(live_server: LiveServer, key: str) -> None:
    with launched(FAKE_DEVICE, "--deny-permission-prompts") as browser:
        page = visited(browser, live_server.url, key)
        press(page, "Record")
        expect(notice(page)).to_contain_text("does not let this page use the microphone")
        expect(page.get_by_role("button", name="Record", exact=True)).to_be_focused()


def test_no_microphone_is_told(live_server: LiveServer, key: str) -> None:
    with launched("--use-fake-ui-for-media-stream") as browser:
        page = visited(browser, live_server.url, key)
        press(page, "Record")
        expect(notice(page)).to_contain_text("No microphone was found")


def test_without_https_a_file_is_the_way(
    live_server: LiveServer, key: str, settings: Settings, voice: Path
) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    url = f"http://talks.example:{live_server.url.rpartition(':')[2]}"
    with launched("--host-resolver-rules=MAP talks.example 127.0.0.1") as browser:
        page = visited(browser, url, key)
        expect(notice(page)).to_contain_text("only at a secure address")
        expect(page.get_by_role("button", name="Record", exact=True)).to_be_hidden()
        page.get_by_label("Recording").set_input_files(voice)
        upload(page)


def test_a_browser_without_room_says_so_and_goes_on(page: Page, live_server: LiveServer) -> None:
    browser = page.context.new_cdp_session(page)
    full = {"origin": live_server.url, "quotaSize": 1}
    browser.send("Storage.overrideQuotaForOrigin", full)
    page.evaluate(NOTE_PARTS)
    record(page, 2)
    expect(notice(page)).to_contain_text("This browser has no room to keep a copy")
    assert previewed(page) == handed(page)
    assert is_heard(previewed(page), 2)
    upload(page)


def test_without_scripts_the_form_is_plain(
    browser: Browser, live_server: LiveServer, key: str
) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    sign_in(page.context, live_server.url, key)
    page.goto(live_server.url + NEW_TALK)
    expect(page.get_by_role("button", name="Record", exact=True)).to_be_hidden()
    told = page.locator("noscript p")
    expect(told).to_be_visible()
    expect(told).to_contain_text("Recording here needs JavaScript.")
    page.get_by_label("Recording").set_input_files(DEMO)
    page.get_by_role("button", name="Upload and analyse").click()
    expect(page.get_by_role("heading", name="talk", exact=True)).to_be_visible()
