"""What a page costs on a slow line: everything it loads, as it travels, with nothing cached."""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from playwright.sync_api import Browser
from playwright.sync_api import Page as Tab

from accounts_app.models import User
from sessions_app.models import SessionRun
from sessions_app.speech.tracks import Track
from sessions_app.stages import rules, scoring
from sessions_app.stages.context import Check, RunContext
from sessions_app.stages.outputs import MediaOutput
from tests.acceptance.browsing import PATIENCE_MS
from tests.acceptance.system import System
from tests.acceptance.visiting import Visit, each_page, key_of, show, visits
from tests.factories import UserFactory
from tests.gallery import RECORDING, Page
from tests.sessions_app.attempts import SENTENCES
from tests.sessions_app.finished import finished_run
from tests.sessions_app.samples import MEDIA, TRANSCRIPTION
from tests.sessions_app.speech.said import timed

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.page,
    pytest.mark.timeout(900),
]

MOST_BYTES = 250_000
WIDE = 1280
HOUR_MS = 3_600_000
WORDS = 9_000  # 150 a minute
FILLERS = ("um,", "uh,", "you know,", "I mean,", "like,", "so,", "well,")
TICK_MS = 100
LIVE = "document.querySelector('[hx-trigger^=every]') !== null"
FILLER_EVERY = 25  # words: six a minute, more than is comfortable


@dataclass
class Scales:
    """Weighs what a tab loads. Recordings are left out: they are as long as the talk."""

    kinds: dict[str, str] = field(default_factory=dict)
    weights: dict[str, float] = field(default_factory=dict)
    failed: set[str] = field(default_factory=set)

    @classmethod
    def under(cls, tab: Tab) -> Scales:
        """Of what comes from now on; a page before this one asks for nothing more."""
        tab.goto("about:blank")
        scales = cls()
        protocol = tab.context.new_cdp_session(tab)
        protocol.on("Network.requestWillBeSent", scales._sent)
        protocol.on("Network.loadingFinished", scales._loaded)
        protocol.on("Network.loadingFailed", scales._failed)
        protocol.send("Network.enable")
        protocol.send("Network.setCacheDisabled", {"cacheDisabled": True})
        return scales

    def _sent(self, event: dict[str, Any]) -> None:
        self.kinds[event["requestId"]] = event.get("type", "")

    def _loaded(self, event: dict[str, Any]) -> None:
        self.weights[event["requestId"]] = event["encodedDataLength"]

    def _failed(self, event: dict[str, Any]) -> None:
        self.failed.add(event["requestId"])

    def on_its_way(self) -> set[str]:
        """What was asked for and is not there."""
        asked = {request for request, kind in self.kinds.items() if kind != "Media"}
        return asked - self.weights.keys() - self.failed

    def bytes(self) -> int:
        return round(
            sum(
                weight
                for request, weight in self.weights.items()
                if self.kinds.get(request) != "Media"
            )
        )


def spoken(words: int) -> str:
    """Sentences in changing order with a filler here and there; none of them twice in a row."""
    choices, text = Random(1), list[str]()
    while len(text) < words:
        for sentence in choices.sample(SENTENCES, len(SENTENCES)):
            text += sentence.split()
    for at in range(FILLER_EVERY, words, FILLER_EVERY):
        text[at] = choices.choice(FILLERS)
    return " ".join(text[:words])


def sound(context: RunContext, check: Check) -> MediaOutput:
    """An hour whose loudness and pitch are known ten times a second."""
    (context.workdir / "audio.flac").write_bytes(b"fLaC")
    choices = Random(2)
    ticks = range(HOUR_MS // TICK_MS)
    return replace(
        MEDIA,
        duration_ms=HOUR_MS,
        loudness_dbfs=Track(TICK_MS, tuple(choices.uniform(-40, -15) for _ in ticks)),
        pitch_hz=Track(TICK_MS, tuple(choices.uniform(90, 180) for _ in ticks)),
    )


def an_hour(owner: User) -> SessionRun:
    """Rules and scores are the real ones, over words of an hour."""
    heard = replace(TRANSCRIPTION, words=timed(spoken(WORDS), word_ms=HOUR_MS // WORDS))
    recording = SimpleUploadedFile(RECORDING.name, RECORDING.read_bytes())
    return finished_run(
        own={
            "media": sound,
            "transcription": lambda context, check: heard,
            "rules": rules.run,
            "scoring": scoring.run,
        },
        session__owner=owner,
        session__title="An hour",
        session__media=recording,
        session__media_filename=RECORDING.name,
    )


@pytest.fixture
def weighed(transactional_db: None) -> tuple[Visit, ...]:
    owner: User = UserFactory.create()
    talk = an_hour(owner).session.get_absolute_url()
    long = (
        Page("an-hour", talk),
        Page("an-hour-filtered", f"{talk}?kind=filler"),
        Page("an-hour-numbers", f"{talk}numbers/"),
    )
    return (*visits(), Visit(key_of(owner), long))


def load(tab: Tab, page: Page, scales: Scales) -> None:
    """With everything it asks for; one that renews itself is never idle on a slow machine."""
    show(tab, page)
    if not tab.evaluate(LIVE):
        tab.wait_for_load_state("networkidle")
    deadline = time.monotonic() + PATIENCE_MS / 1000
    while scales.on_its_way():
        assert time.monotonic() < deadline, page.name
        tab.wait_for_timeout(20)


def test_no_page_is_heavier_than_a_picture(
    running: System, weighed: tuple[Visit, ...], browser: Browser
) -> None:
    weights = {}
    for visit in weighed:
        for page, tab in each_page(browser, running.url, (visit,), WIDE):
            scales = Scales.under(tab)
            load(tab, page, scales)
            weights[page.name] = scales.bytes()
    assert all(weights.values())
    too_heavy = {name: weight for name, weight in weights.items() if weight > MOST_BYTES}
    assert not too_heavy, too_heavy
