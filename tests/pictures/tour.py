"""The way through all pages: without a model first, then with one, then with one that goes away."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from django.core.management import call_command
from django.template.loader import render_to_string
from django.urls import reverse
from playwright.sync_api import Page as Tab

from accounts_app.models import User
from sessions_app.models import PracticeSession, RunState
from tests import simulator
from tests.acceptance import system
from tests.acceptance.talks import CONTESTED
from tests.acceptance.visiting import key_of
from tests.deadline import eventually
from tests.environment import DATA_DIR
from tests.factories import PASSWORD
from tests.gallery import account, entrance, for_staff
from tests.pictures import recorder, talks
from tests.pictures.camera import Act, Camera

SLOW = ("--profile", "token", "--time-scale", "3")
"""A review of some twenty seconds: time enough for pictures of the first findings."""
GIVES_UP_SECONDS = 40
DARK_TOO = {"sign-in", "metrics"}


def tour(camera: Camera) -> None:
    call_command("migrate", verbosity=0)
    owner = User.objects.create_user("anna@example.com", PASSWORD)
    newcomer = User.objects.create_user("ben@example.com", PASSWORD)
    chief = User.objects.create_user("cleo@example.com", PASSWORD, is_staff=True)
    with _running(camera) as at:
        _signed_out(at)
        _newcomer(replace(at, key=key_of(newcomer)))
        _without_model(replace(at, key=key_of(owner)), owner)
        _staff(replace(at, key=key_of(chief)))
    model = simulator.start(*SLOW)
    with _running(camera, OPENAI_BASE_URL=model.url) as at:
        _with_model(replace(at, key=key_of(owner)), owner, model)


@contextmanager
def _running(camera: Camera, **settings: str) -> Iterator[Camera]:
    """`up` on our folder, with a Redis of its own."""
    environment = {
        "REDIS_URL": "",
        "MODEL_WAIT_SECONDS": str(GIVES_UP_SECONDS),
        "MODEL_RETRY_SECONDS": "5",
        **settings,
    }
    started = system.start(environment, DATA_DIR)
    try:
        yield replace(camera, url=started.url, key="")
    finally:
        started.stop()


def _signed_out(camera: Camera) -> None:
    for page in entrance():
        camera.shoot(page.name, page.path, dark=page.name in DARK_TOO)
    for name in ("400", "403", "403_csrf", "404", "500"):
        camera.shoot(f"error-{name.replace('_', '-')}", "/there/is/nothing/", _instead(name))


def _instead(template: str) -> Act:
    """The page of an error that nothing here makes happen."""

    def show(tab: Tab) -> None:
        tab.set_content(render_to_string(f"{template}.html"), wait_until="load")

    return show


def _newcomer(camera: Camera) -> None:
    camera.shoot("talks-none", reverse("session_list"))


def _without_model(camera: Camera, owner: User) -> None:
    walking = talks.practised(owner)
    draft = talks.recorded(owner, f"{talks.WALKING}, unprepared")
    failed = talks.unreadable(owner)
    undecided = talks.undecided(owner)
    for session in (draft, failed):
        talks.ended(session)
    camera.shoot("talks", reverse("session_list"), dark=True)
    camera.shoot("talks-none-found", f"{reverse('session_list')}?q=wasps")
    camera.shoot("progress", reverse("progress"), dark=True)
    camera.shoot("new-talk", reverse("session_new"), dark=True)
    for name, act in recorder.STATES.items():
        camera.shoot(name, reverse("session_new"), act, dark=act is recorder.speak)
    camera.shoot("new-retake", f"{reverse('session_new')}?again={walking.pk}")
    camera.shoot("which-speaker", _of(undecided, "session_speaker"))
    camera.shoot("report", _of(walking, "session_detail"), dark=True)
    camera.shoot("report-draft", _of(draft, "session_detail"))
    camera.shoot("report-failed", _of(failed, "session_detail"))
    camera.shoot("word", reverse("session_word", args=[walking.pk, 20]))
    camera.shoot("numbers", _of(walking, "session_numbers"))
    camera.shoot("attempts", _of(walking, "session_attempts"))
    camera.shoot("export", _of(walking, "session_export"))
    camera.shoot("delete-recording", _of(walking, "recording_delete"))
    camera.shoot("delete-talk", _of(walking, "session_delete"))
    for page in account():
        camera.shoot(page.name, page.path)


def _staff(camera: Camera) -> None:
    for page in for_staff():
        camera.shoot(page.name, page.path, _fetched, dark=page.name in DARK_TOO)


def _fetched(tab: Tab) -> None:
    """The first page with what it fetches of the others."""
    tab.wait_for_load_state("networkidle")


def _with_model(camera: Camera, owner: User, model: simulator.Simulator) -> None:
    read = talks.with_transcript(owner, "Walking meetings, for the board")
    eventually(lambda: _has_first_findings(read), seconds=60, what="first findings")
    camera.shoot("report-first-findings", _of(read, "session_detail"))
    camera.shoot("new-talk-with-ai", reverse("session_new"))
    talks.ended(read)
    camera.shoot("report-read-by-ai", _of(read, "session_detail"), dark=True)
    model.kill()
    waiting = talks.create(  # words that no kept answer is about
        owner, "Bees, for the neighbours", transcript_text=CONTESTED, transcript_format="txt"
    )
    talks.comes_to(waiting, RunState.WAITING_FOR_MODEL)
    camera.shoot("report-waiting", _of(waiting, "session_detail"))
    talks.ended(waiting)
    camera.shoot("report-degraded", _of(waiting, "session_detail"))


def _has_first_findings(session: PracticeSession) -> bool:
    run = talks.run_of(session)
    return run.stages.filter(stage="refinement", state="running").exists() or not run.is_live


def _of(session: PracticeSession, name: str) -> str:
    return reverse(name, args=[session.pk])
