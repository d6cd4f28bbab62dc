"""Values that are nobody's business, planted everywhere, and what the processes write of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from django.conf import settings
from django.core.files.base import ContentFile

from accounts_app.models import User
from metrics_app.tokens import create_token
from sessions_app.models import SessionRun
from tests.acceptance import system
from tests.acceptance.conftest import OwnRedis
from tests.acceptance.system import FAST, System
from tests.acceptance.talks import AGREEING
from tests.acceptance.uploading import press, read_page, upload_text
from tests.deadline import eventually
from tests.factories import RunFactory
from tests.simulator import Simulator

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.page]

KEY, OTHER_KEY = "sk-planted-4c2e91", "sk-planted-too-77ab0"
WEBHOOK = "planted-webhook-3f9a"
PASSWORD = "planted password of mine"
SAID = "rumpelstiltskin"
"""In the transcript, the title, the prompt and the names of files."""

FAULTS = {"500": 0.2, "wrong_schema": 0.15, "truncated_json": 0.1, "reset": 0.1, "refusal": 0.1,
          "filter_400": 0.1}  # fmt: skip


@pytest.fixture
def environment(
    live_env: dict[str, str], own_redis: OwnRedis, simulator: Simulator
) -> dict[str, str]:
    simulator.set_faults(FAULTS)
    return {
        **live_env,
        "REDIS_URL": own_redis.url,
        "OPENAI_BASE_URL": simulator.url,
        "OPENAI_API_KEY": KEY,
        "TRANSCRIPTION_BASE_URL": simulator.url,
        "TRANSCRIPTION_API_KEY": OTHER_KEY,
        "ALERT_WEBHOOK_URL": f"http://127.0.0.1:9/{WEBHOOK}",
        "MODEL_RETRY_SECONDS": "1",
    }


@pytest.fixture(params=["INFO", "DEBUG"])
def running(
    request: pytest.FixtureRequest, environment: dict[str, str], folder: Path, speaker: User
) -> Iterator[System]:
    started = system.start(environment, folder, {**FAST, "LOG_LEVEL": request.param})
    yield started
    started.stop()


def text_run(at: System, speaker: User) -> SessionRun:
    return upload_text(at.url, speaker, SAID, AGREEING.replace("keeping bees", SAID))


def spoilt_run(speaker: User) -> SessionRun:
    """Its decoder refuses it, and its name is told by nobody."""
    run = RunFactory.create(session__owner=speaker, session__title=SAID, session__prompt=SAID)
    run.session.media_filename = f"{SAID}.wav"
    run.session.media.save("recording", ContentFile(b"RIFF" + SAID.encode() * 99))
    return run


def ended(run: SessionRun) -> bool:
    run.refresh_from_db()
    return not run.is_live


def wrong_and_right_password(at: System, speaker: User) -> None:
    for password in (f"{PASSWORD} wrong", PASSWORD):
        form = {"login": speaker.email, "password": password}
        press(at.url, speaker, "/accounts/login/", form, on="/accounts/logout/")


def with_token(at: System, token: str) -> int:
    request = Request(
        f"{at.url}/api/metrics/costs?x=1", headers={"Authorization": f"Bearer {token}"}
    )
    try:
        return int(urlopen(request, timeout=20).status)
    except HTTPError as refused:
        return refused.code


def test_nothing_planted_is_in_what_the_processes_write(running: System, speaker: User) -> None:
    speaker.set_password(PASSWORD)
    speaker.save()
    token = create_token(user=speaker, name="planted")
    runs = [text_run(running, speaker) for _ in range(3)] + [spoilt_run(speaker)]
    assert with_token(running, token) == 403
    eventually(lambda: all(map(ended, runs)), seconds=150, what="all runs end")
    read_page(running.url, speaker, f"/talks/{runs[0].session_id}/?q={SAID}")
    wrong_and_right_password(running, speaker)
    running.stop()

    written = running.log.read_text()
    assert str(runs[-1].session_id) in written
    planted = (KEY, OTHER_KEY, settings.SECRET_KEY, WEBHOOK, PASSWORD, SAID, token)
    assert [value for value in planted if value in written] == []
