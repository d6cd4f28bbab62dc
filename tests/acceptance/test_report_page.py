"""A report in a real browser: whatever has a time is heard where it is meant."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from numpy.typing import NDArray
from playwright.sync_api import Page, Position, expect

from accounts_app.models import User
from sessions_app.models import PracticeSession, RunStage, RunState
from sessions_app.stages.outputs import StageName
from tests import media_files
from tests.acceptance import listening, microphone
from tests.acceptance.browsing import PATIENCE_MS, fits, until
from tests.acceptance.media_recorder import record
from tests.acceptance.system import System
from tests.acceptance.uploading import DEMO, press
from tests.acceptance.visiting import key_of
from tests.deadline import eventually

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.page,
    pytest.mark.timeout(900),
]

MARGIN_MS = 150
LISTENINGS = 3  # at most: a busy machine drops sound on its way; a wrong place stays wrong
SECONDS = 25
SAID = DEMO.with_suffix(".txt").read_text().partition("But after two weeks")[0]
"""What is said in so many seconds."""

Recorded = Callable[[str, Path], Path]


def by_browser(mime_type: str) -> Recorded:
    """What `MediaRecorder` makes of the talk. Only pages of a secure origin may listen."""

    def make(url: str, folder: Path) -> Path:
        wav = microphone.spoken(folder / "talk.wav", DEMO, SECONDS)
        with microphone.browser_hearing(wav) as browser:
            page = browser.new_page(base_url=url)
            page.set_default_timeout(PATIENCE_MS)
            page.goto("/accounts/login/")
            return record(page, folder / "talk", mime_type, SECONDS)

    return make


def by_encoder(name: str, *, video: bool = False) -> Recorded:
    def make(url: str, folder: Path) -> Path:
        rate = microphone.RATE
        sound = microphone.sound_of(DEMO.read_bytes())[: SECONDS * rate]
        return media_files.write(folder / name, sound, rate=rate, video=video)

    return make


def report_on(recording: Path, at: System, speaker: User) -> PracticeSession:
    """A talk that has its report."""
    file = SimpleUploadedFile(recording.name, recording.read_bytes())
    fields = {"language": "en", "kind": "presentation", "transcript": SAID, "recording": file}
    press(at.url, speaker, "/talks/new/", fields)
    talk = PracticeSession.objects.select_related("latest_run").latest("created_at")

    def finished() -> bool:
        talk.refresh_from_db()
        return talk.latest_run is not None and talk.latest_run.state == RunState.COMPLETED

    eventually(finished, seconds=240)
    return talk


def measured(talk: PracticeSession) -> NDArray[np.float32]:
    """The samples in which every time of the report is counted."""
    output = RunStage.objects.get(run=talk.latest_run_id, stage=StageName.MEDIA).output
    assert output is not None
    with default_storage.open(output["audio_name"]) as file:
        return listening.samples(file)


@contextmanager
def reading(talk: PracticeSession, at: System, width: int = 1280) -> Iterator[Page]:
    """The talk's page, open before its owner."""
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": key_of(talk.owner), "url": at.url}
    with microphone.launched(listening.AUTOPLAY) as browser:
        context = browser.new_context(
            base_url=at.url, viewport={"width": width, "height": 844}, bypass_csp=True
        )
        context.add_cookies([cookie])  # type: ignore[list-item]
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        expect.set_options(timeout=PATIENCE_MS)
        page.goto(talk.get_absolute_url())
        yield page


def place_ms(page: Page) -> float:
    return float(page.evaluate("player().currentTime")) * 1000


def waits_at(page: Page, seconds: float, within: float = 0.01) -> None:
    until(page, f"!player().seeking && Math.abs(player().currentTime - {seconds}) <= {within}")


def hears(
    page: Page,
    selector: str,
    ms: float,
    recording: NDArray[np.float32],
    position: Position | None = None,
) -> None:
    """A click on it is followed by the sound of that moment, and by nothing else before."""
    expected = pytest.approx(ms, abs=MARGIN_MS)
    for _ in range(LISTENINGS):
        listening.fall_silent(page)
        page.locator(selector).first.click(position=position)
        heard = listening.heard_at(page, recording)
        if heard == expected:
            break
    assert heard == expected
    assert place_ms(page) >= ms - MARGIN_MS
    assert page.evaluate("!player().paused || player().ended")


def ms_of(page: Page, selector: str) -> float:
    return float(page.locator(selector).first.get_attribute("data-ms") or "nan")


@pytest.mark.parametrize(
    "recorded",
    [
        by_browser("audio/webm;codecs=opus"),
        by_browser("video/webm;codecs=vp8,opus"),
        by_encoder("talk.mp3"),
        by_encoder("talk.mp4", video=True),
    ],
    ids=["webm", "webm-video", "mp3", "mp4-video"],
)
def test_whatever_has_a_time_is_heard_where_it_is_meant(
    recorded: Recorded, running: System, speaker: User, tmp_path: Path
) -> None:
    talk = report_on(recorded(running.url, tmp_path), running, speaker)
    recording = measured(talk)
    with reading(talk, running) as page:
        listening.listen(page)
        for moment in ("#w44", "#w9", ".finding .when a", ".timeline .filler"):
            hears(page, moment, ms_of(page, moment), recording)
        line = page.locator("[data-timeline]")
        box = line.bounding_box()
        assert box is not None
        there = 0.6 * float(line.get_attribute("data-duration") or "nan")
        place: Position = {"x": box["width"] * 0.6, "y": 40}
        hears(page, "[data-timeline]", there, recording, place)


@pytest.fixture
def talk(running: System, speaker: User, tmp_path: Path) -> PracticeSession:
    return report_on(by_encoder("talk.mp3")(running.url, tmp_path), running, speaker)


def test_the_timeline_is_a_slider_for_the_keyboard(talk: PracticeSession, running: System) -> None:
    with reading(talk, running) as page:
        line = page.get_by_role("slider", name="Place in the recording")
        line.focus()
        for key, seconds in (("ArrowRight", 5), ("ArrowRight", 10), ("ArrowLeft", 5), ("Home", 0)):
            page.keyboard.press(key)
            waits_at(page, seconds)
        page.keyboard.press("ArrowUp")
        expect(line).to_have_attribute("aria-valuetext", re.compile(r"^0:05 / 0:2\d$"))
        expect(line).to_have_attribute("aria-valuenow", "5")
        page.keyboard.press("Enter")
        until(page, "player().currentTime > 5.2")
        page.keyboard.press(" ")
        assert page.evaluate("player().paused")
        page.keyboard.press("End")
        waits_at(page, SECONDS, within=1)


def test_a_place_asked_for_while_another_is_sought_is_gone_to_afterwards(
    talk: PracticeSession, running: System
) -> None:
    """Chromium hangs now and then when a seek begins during another."""
    with reading(talk, running) as page:
        until(page, "player().readyState > 0 && !player().seeking")
        places = page.evaluate(
            "() => { for (const place of [3, 8, 13]) seek(player(), place);"
            " return [player().currentTime, placeOf(player())]; }"
        )
        assert places == [3, 13]
        waits_at(page, 13)


def test_a_moment_is_heard_where_it_is_read_and_its_words_are_shown(
    talk: PracticeSession, running: System
) -> None:
    """On a phone: the player stays in sight, the list stays where it is, the words go along."""
    with reading(talk, running, width=390) as page:
        moment = page.locator(".finding .when a").last
        moment.scroll_into_view_if_needed()
        before = page.evaluate("window.scrollY")
        moment.click()
        until(page, "!player().paused")
        assert page.evaluate("window.scrollY") == before
        expect(page.locator("#player")).to_be_in_viewport()
        said = page.locator(".w.now")
        expect(said).to_have_count(1)
        assert page.evaluate("inSight(document.querySelector('.w.now'))")
        words = page.locator(".finding .in-words").last
        place = words.get_attribute("href") or ""
        words.click()
        expect(page).to_have_url(re.compile(f"{place}$"))
        expect(page.locator(place)).to_be_in_viewport()
        assert fits(page)


def test_lanes_are_hidden_and_stay_hidden_when_the_report_is_corrected(
    talk: PracticeSession, running: System
) -> None:
    with reading(talk, running) as page:
        lane = page.locator(".lane-pitch")
        expect(lane).to_be_visible()
        page.get_by_label("Pitch around your middle").uncheck()
        expect(lane).not_to_be_visible()
        page.get_by_role("button", name=re.compile("^Not a filler")).first.click()
        expect(page.locator("#announcement")).to_contain_text("computed again")
        expect(lane).to_be_attached()
        expect(lane).not_to_be_visible()
        expect(page.get_by_role("slider", name="Place in the recording")).to_be_visible()


def test_a_filter_keeps_the_place_and_the_focus(talk: PracticeSession, running: System) -> None:
    with reading(talk, running) as page:
        chosen = page.locator("#filter-filler")
        chosen.scroll_into_view_if_needed()
        chosen.focus()
        before = page.evaluate("window.scrollY")
        page.keyboard.press("Enter")
        expect(page.locator("#filter-filler[aria-current]")).to_be_visible()
        expect(page.locator(":focus")).to_have_id("filter-filler")
        assert abs(page.evaluate("window.scrollY") - before) < 3
