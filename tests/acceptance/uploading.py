"""The new-talk form filled in over HTTP, as a browser without JavaScript would."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.request import HTTPCookieProcessor, Request, build_opener

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from accounts_app.models import User
from sessions_app.models import PracticeSession, SessionRun

DEMO = Path(__file__).parents[2] / "sessions_app" / "demo" / "talk.webm"
BEGINNING = 120_000  # bytes, a bit over half a minute: time enough to kill a draft in the middle


def upload_talk(url: str, speaker: User) -> SessionRun:
    """Upload the beginning of the demo recording, without its transcript.

    The run is the one that its owner now waits for.
    """
    opener = build_opener(HTTPCookieProcessor())
    opener.addheaders = [("Cookie", f"{settings.SESSION_COOKIE_NAME}={_session_key(speaker)}")]
    with opener.open(f"{url}/talks/new/") as answer:
        page = answer.read().decode()
        cookie = answer.headers["Set-Cookie"].split(";")[0]
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert token
    fields = {
        "csrfmiddlewaretoken": token[1],
        "title": "Killed in the middle",
        "language": "en",
        "kind": "presentation",
        "recording": SimpleUploadedFile("talk.webm", DEMO.read_bytes()[:BEGINNING], "audio/webm"),
    }
    request = Request(
        f"{url}/talks/new/",
        data=encode_multipart(BOUNDARY, fields),
        headers={
            "Content-Type": MULTIPART_CONTENT,
            "Cookie": f"{settings.SESSION_COOKIE_NAME}={_session_key(speaker)}; {cookie}",
        },
    )
    with build_opener().open(request) as answer:
        assert answer.status == 200
    run = PracticeSession.objects.get().latest_run
    assert run is not None
    return run


def _session_key(user: User) -> str:
    """A signed-in browser's cookie, without the detour of the login page."""
    client = Client()
    client.force_login(user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value
