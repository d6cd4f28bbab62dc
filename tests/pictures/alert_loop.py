"""Play once, with real processes, how staff find out what is slow and do something about it.

    python -m tests.pictures.alert_loop [--to FOLDER]

The simulated model server gets slow with one of its models; a webhook tells; the dashboard shows
which stage and which model it is; a flag in the admin has the talk read by another model; a webhook
tells that it is over. Takes pictures on the way and prints the notices as they were received.
Everything is made for it and gone afterwards. Time is short: model and target are ten times as
fast as usual, and the rules are looked at every second.
"""

from __future__ import annotations

from tests.pictures import ground  # noqa: F401 - before anything that has models

# isort: split
import argparse
import random
import re
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.urls import reverse
from playwright.sync_api import Browser
from playwright.sync_api import Page as Tab

from accounts_app.models import User
from metrics_app.models import Alert, FeatureFlag
from tests import simulator
from tests.acceptance import system
from tests.acceptance.microphone import launched
from tests.acceptance.talks import AGREEING
from tests.acceptance.visiting import key_of
from tests.environment import DATA_DIR
from tests.factories import PASSWORD
from tests.pictures import talks
from tests.pictures.camera import HEIGHT, WIDTHS, picture
from tests.webhook_receiver import Receiver, webhook_receiver

IMAGES = Path(__file__).parents[2] / "docs" / "images"
FLAG = "experimental_model"
MODEL, OTHER_MODEL = "gpt-5.4", "gpt-5.4-mini"
SLOWER = 9.0  # times as long as usual
USUAL_TALKS = 20  # as many as the rule needs
MOST_TALKS = 200  # until a notice has to be there
SETTINGS = {
    "REDIS_URL": "",
    "SITE_URL": "https://coach.example.com",
    "AI_MODEL_ANALYSIS": MODEL,
    "AI_MODEL_EXPERIMENTAL": OTHER_MODEL,
    "SESSION_TARGET_SECONDS": "3",
    "ALERT_SECONDS": "1",
    "ALERT_HOURLY_USD": "0",  # what an hour of talks costs is not what this is about
    "ALERT_HOURLY_CRITICAL_USD": "0",
    "ALERT_DAILY_USD": "0",
}


@dataclass(slots=True)
class Speaker:
    """Gives one talk after the other, each with its sentences in another order: no answer that
    was kept is about it."""

    user: User
    chance: random.Random = field(default_factory=lambda: random.Random(0))
    seconds: list[float] = field(default_factory=list)

    def speak(self) -> None:
        sentences = re.split(r"(?<=\.)\s+", AGREEING)
        self.chance.shuffle(sentences)
        title = f"Talk {len(self.seconds) + 1}"
        begun = time.monotonic()
        text = " ".join(sentences)
        talks.ended(talks.create(self.user, title, transcript_text=text, transcript_format="txt"))
        self.seconds.append(time.monotonic() - begun)

    def speak_until(self, told: Callable[[], bool]) -> None:
        while not told():
            if len(self.seconds) > MOST_TALKS:
                raise TimeoutError(f"no notice after {MOST_TALKS} talks: {self.seconds}")
            self.speak()


def main() -> None:
    given = _arguments()
    call_command("migrate", verbosity=0)
    speaker = Speaker(User.objects.create_user("anna@example.com", PASSWORD))
    staff = User.objects.create_superuser("staff@example.com", PASSWORD)
    model = simulator.start("--profile", "token", "--time-scale", "0.1")
    try:
        with webhook_receiver() as receiver, launched() as browser:
            told = {"OPENAI_BASE_URL": model.url, "ALERT_WEBHOOK_URL": receiver.url}
            started = system.start({**SETTINGS, **told}, DATA_DIR)
            try:
                with _signed_in(browser, started.url, key_of(staff)) as tab:
                    _play(given.to, speaker, model, receiver, tab)
            finally:
                started.stop()
    finally:
        model.stop()
    shutil.rmtree(DATA_DIR, ignore_errors=True)


def _play(
    folder: Path, speaker: Speaker, model: simulator.Simulator, receiver: Receiver, tab: Tab
) -> None:
    for _ in range(USUAL_TALKS):
        speaker.speak()
    _say(speaker, "as usual")
    model.slow_down({MODEL: SLOWER})
    speaker.speak_until(lambda: bool(receiver.texts))
    _say(speaker, f"{MODEL} slow, until the alert")
    _dashboard(tab, folder / "alert-loop-slow.webp")
    _flip(tab, folder / "alert-loop-flag.webp")
    speaker.speak_until(lambda: _is_over(receiver))
    _say(speaker, f"{MODEL} still slow, {FLAG} on, until it is over")
    _dashboard(tab, folder / "alert-loop-over.webp")
    sys.stdout.write("\n" + "\n\n".join(receiver.texts) + "\n")


def _is_over(receiver: Receiver) -> bool:
    """Told, and nothing milder is left of it."""
    told = receiver.texts[-1].startswith("*Recovered")
    return told and not Alert.objects.filter(closed_at=None).exists()


def _say(speaker: Speaker, when: str) -> None:
    last = ", ".join(f"{seconds:.1f}" for seconds in speaker.seconds[-3:])
    sys.stdout.write(f"{len(speaker.seconds)} talks, {when}; the last three took {last} s\n")
    sys.stdout.flush()


@contextmanager
def _signed_in(browser: Browser, url: str, key: str) -> Iterator[Tab]:
    context = browser.new_context(
        base_url=url, viewport={"width": WIDTHS["wide"], "height": HEIGHT}, reduced_motion="reduce"
    )
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": url}])
    yield context.new_page()
    context.close()


def _dashboard(tab: Tab, to: Path) -> None:
    """From its head to where time goes."""
    tab.goto(reverse("dashboard"), wait_until="networkidle")
    speed = tab.locator("#speed").bounding_box()
    if speed is None:
        raise LookupError("the dashboard does not show where time goes")
    to.write_bytes(picture(tab, round(speed["y"] + speed["height"]) + 8))
    tab.set_viewport_size({"width": WIDTHS["wide"], "height": HEIGHT})


def _flip(tab: Tab, to: Path) -> None:
    flag = FeatureFlag.objects.get(name=FLAG)
    tab.goto(reverse("admin:metrics_app_featureflag_change", args=[flag.pk]))
    tab.get_by_label("Everyone").select_option("true")
    to.write_bytes(picture(tab))
    tab.get_by_role("button", name="Save", exact=True).click()
    tab.wait_for_url(f"**{reverse('admin:metrics_app_featureflag_changelist')}*")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.pictures.alert_loop",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--to", type=Path, default=IMAGES)
    return parser.parse_args()


if __name__ == "__main__":
    main()
