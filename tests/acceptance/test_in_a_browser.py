"""Speech Coach as a person meets it: `up`, a real browser, real recordings."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np
import pytest
from av.audio.resampler import AudioResampler
from playwright.sync_api import Browser, Page, expect

from sessions_app.demo import account
from tests import media_files
from tests.acceptance import system
from tests.acceptance.browsing import (
    PATIENCE_MS,
    finished,
    fits,
    focused,
    open_page,
    sign_up,
    until,
    upload,
)
from tests.acceptance.conftest import OwnRedis
from tests.acceptance.system import System
from tests.acceptance.uploading import DEMO

pytestmark = pytest.mark.django_db(transaction=True)

TRANSCRIPT = DEMO.with_suffix(".txt")
NOTE_WHERE_IT_GOES = """
document.addEventListener("sought", () => { window.wentTo = placeOf(player()); }, { once: true })
"""
VIDEO_RATE = 48_000  # Hz; one that Opus knows


@pytest.fixture
def empty_system(live_env: dict[str, str], own_redis: OwnRedis, folder: Path) -> Iterator[System]:
    """`up` in an installation nobody has used yet."""
    started = system.start(
        {**live_env, "REDIS_URL": own_redis.url, "DATA_DIR": str(folder)}, folder
    )
    yield started
    started.stop()


def test_the_demo_talk_is_there_to_be_read(
    empty_system: System, browser: Browser, folder: Path
) -> None:
    demo = account.read(folder)
    assert demo is not None
    assert demo.password in empty_system.log.read_text()
    page = open_page(browser, empty_system)
    page.goto("/")
    page.get_by_label("Email").fill(demo.email)
    page.get_by_label("Password").fill(demo.password)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("link", name="Demo: why we should walk to our meetings").click()
    fillers = page.get_by_role("region", name="Fillers counted")
    expect(fillers).to_contain_text(re.compile(r"um\s*3"))
    expect(page.get_by_role("region", name="What to work on")).to_be_visible()


def test_from_sign_up_to_a_report_and_its_end(running: System, browser: Browser) -> None:
    page = open_page(browser, running)
    sign_up(page)
    upload(page, DEMO, TRANSCRIPT.read_text())
    finished(page)
    fillers = page.get_by_role("region", name="Fillers counted")
    expect(fillers).to_contain_text(re.compile(r"uh\s*3"))
    hear_a_word(page)
    page.get_by_role("link", name="Export").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="JSON").click()
    exported = json.loads(download.value.path().read_text())
    assert exported["metrics"]["fillers_total"] == 8
    assert exported["mode"] == "rule_based"
    page.go_back()
    page.get_by_role("link", name="Delete").click()
    page.get_by_role("button", name="Delete for good").click()
    expect(page.get_by_role("heading", name="Your talks")).to_be_visible()
    expect(page.get_by_role("link", name="talk", exact=True)).not_to_be_visible()


def hear_a_word(page: Page) -> None:
    """A click on a word takes the player to the moment it is said, and on from there."""
    word = page.locator(".w", has_text="weather")
    said_at = float(word.get_attribute("data-ms") or "nan") / 1000
    assert said_at > 20
    page.evaluate(NOTE_WHERE_IT_GOES)
    word.click()
    assert page.evaluate("wentTo") == pytest.approx(said_at, abs=0.1)
    until(page, "!player().seeking && !player().paused")
    assert page.evaluate("player().currentTime") > said_at - 1


def listening(page: Page) -> None:
    """The player plays, and nobody has put another in its place."""
    state = page.evaluate("[document.getElementById('player').dataset.mine, !player().paused]")
    assert state == ["yes", True]


def test_what_is_no_filler_is_dismissed_while_the_talk_plays_on(
    running: System, browser: Browser
) -> None:
    page = open_page(browser, running)
    sign_up(page)
    upload(page, DEMO, TRANSCRIPT.read_text())
    finished(page)
    fillers = page.get_by_role("region", name="Fillers counted")
    expect(fillers).to_contain_text(re.compile(r"um\s*3"))
    page.evaluate("player().dataset.mine = 'yes', player().muted = true, void player().play()")
    dismiss = page.locator("#finding-list").get_by_role("button", name=re.compile("^Not a filler"))
    row = page.locator(f"[id='{dismiss.nth(2).locator('xpath=ancestor::li').get_attribute('id')}']")
    dismiss.nth(2).scroll_into_view_if_needed()
    before = row.bounding_box()
    dismiss.nth(2).click()
    expect(row).to_contain_text("marked by you")
    expect(page.get_by_role("region", name="Your corrections")).to_contain_text("is not a filler")
    expect(page.locator("#announcement")).to_contain_text("7 fillers are counted")
    after = row.bounding_box()
    assert before is not None
    assert after is not None
    assert abs(before["y"] - after["y"]) < 3
    assert focused(page) == "Undo"
    listening(page)
    page.keyboard.press("Enter")
    expect(row).not_to_contain_text("marked by you")
    expect(page.locator("#announcement")).to_contain_text("8 fillers are counted")
    assert focused(page) == "Not a filler"


def test_a_word_is_corrected_with_the_keyboard_alone(running: System, browser: Browser) -> None:
    page = open_page(browser, running, width=390)
    sign_up(page)
    upload(page, DEMO, TRANSCRIPT.read_text())
    finished(page)
    word = page.locator(".w", has_text="weather")
    expect(word).to_be_visible()
    page.locator(".w[tabindex='0']").focus()
    for _ in range(int((word.get_attribute("id") or "w0").removeprefix("w"))):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    assert focused(page) == "Correct"
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Correct “weather.”")
    dialog.get_by_label("Another word was said").fill("traffic")
    assert fits(page)
    page.keyboard.press("Enter")
    expect(dialog).not_to_be_visible()
    expect(page.locator(".w-yours")).to_have_text("traffic.")
    assert focused(page) == "traffic."


def test_fillers_and_words_are_corrected_without_scripts(running: System, browser: Browser) -> None:
    plain = browser.new_context(base_url=running.url, java_script_enabled=False)
    page = plain.new_page()
    page.set_default_timeout(PATIENCE_MS)
    sign_up(page)
    upload(page, DEMO, TRANSCRIPT.read_text())
    possible = page.get_by_role("region", name="Possible fillers")
    possible.get_by_role("button", name=re.compile("^A filler")).first.click()
    expect(page.locator(".finding:target")).to_contain_text("marked by you")
    page.get_by_role("link", name="Correct words from 0:00 on").click()
    page.get_by_role("link", name="morning", exact=True).click()
    page.get_by_label("Another word was said").fill("evening")
    page.get_by_role("button", name="Save the word").click()
    expect(page.locator(".w:target")).to_have_text("evening")


@pytest.fixture
def video(tmp_path: Path) -> Path:
    """The demo talk with pictures beside its sound."""
    pieces = list[media_files.Sound]()
    with av.open(str(DEMO)) as container:
        mono = AudioResampler(format="s16", layout="mono", rate=VIDEO_RATE)
        for frame in container.decode(audio=0):
            pieces += [piece.to_ndarray()[0] for piece in mono.resample(frame)]
    sound = np.concatenate(pieces)
    return media_files.write(tmp_path / "talk.webm", sound, rate=VIDEO_RATE, video=True)


def test_a_video_is_played_beside_its_report(
    running: System, browser: Browser, video: Path
) -> None:
    page = open_page(browser, running)
    sign_up(page)
    upload(page, video, TRANSCRIPT.read_text())
    finished(page)
    fillers = page.get_by_role("region", name="Fillers counted")
    expect(fillers).to_contain_text(re.compile(r"uh\s*3"))
    assert page.evaluate("document.getElementById('player').tagName") == "VIDEO"
    hear_a_word(page)
    until(page, "document.getElementById('player').videoWidth === 64")


def test_processing_again_keeps_the_report_in_sight(running: System, browser: Browser) -> None:
    page = open_page(browser, running)
    sign_up(page)
    upload(page, DEMO, TRANSCRIPT.read_text())
    expect(page.get_by_role("button", name="Process again")).to_be_visible()
    page.get_by_role("button", name="Process again").click()
    expect(page.get_by_role("button", name="Cancel")).to_be_visible()
    expect(page.get_by_role("region", name="What to work on")).to_be_visible()
    hear_a_word(page)
    expect(page.get_by_role("button", name="Process again")).to_be_visible()


def test_a_draft_on_a_phone_says_what_it_is(running: System, browser: Browser) -> None:
    page = open_page(browser, running, width=390)
    sign_up(page)
    assert fits(page)
    upload(page, DEMO)
    expect(page.get_by_role("heading", name="Transcript rough draft")).to_be_visible()
    fillers = page.get_by_role("region", name="Fillers counted")
    expect(fillers).to_contain_text("Not counted in a rough draft")
    assert fits(page)


def test_a_file_that_is_no_recording_says_what_to_do(
    running: System, browser: Browser, tmp_path: Path
) -> None:
    playlist = tmp_path / "talk.mp3"
    playlist.write_text("#EXTM3U\n#EXTINF:10,\n/etc/passwd\n")
    page = open_page(browser, running)
    sign_up(page)
    upload(page, playlist)
    status = page.locator("#status")
    expect(status.get_by_role("link", name="Upload another")).to_be_visible()
    expect(status.get_by_role("button", name="Try again")).to_have_count(0)
    expect(status).to_contain_text("recording")
    assert "root:" not in page.content()
