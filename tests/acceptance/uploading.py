"""The page of new talks, and buttons of a talk, over HTTP as a browser without JavaScript would."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.request import HTTPRedirectHandler, Request, build_opener

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from accounts_app.models import User
from sessions_app.models import PracticeSession, SessionRun

DEMO = Path(__file__).parents[2] / "sessions_app" / "demo" / "talk.webm"
BEGINNING = 120_000  # bytes, a bit over half a minute: time enough to kill a draft in the middle


def upload_talk(url: str, speaker: User) -> SessionRun:
    """Upload the beginning of the demo recording, without its transcript."""
    recording = SimpleUploadedFile("talk.webm", DEMO.read_bytes()[:BEGINNING], "audio/webm")
    return _upload(url, speaker, title="Killed in the middle", recording=recording)


def upload_text(url: str, speaker: User, title: str, transcript: str) -> SessionRun:
    """Upload a talk that is a transcript alone: ready for the model within a second."""
    return _upload(url, speaker, title=title, transcript=transcript)


def _upload(url: str, speaker: User, **fields: Any) -> SessionRun:
    """The run is the one that its owner now waits for."""
    press(url, speaker, "/talks/new/", {"language": "en", "kind": "presentation", **fields})
    run = PracticeSession.objects.latest("created_at").latest_run
    assert run is not None
    return run


def press(
    url: str,
    speaker: User,
    path: str,
    fields: Mapping[str, Any],
    on: str = "",
    *,
    session: str | None = None,
) -> str:
    """Send the form at `path` as it stands on the page `on`; the page that is shown then.

    `session` is the `session_key` of somebody who signed in before.
    """
    signed_in = f"{settings.SESSION_COOKIE_NAME}={session or session_key(speaker)}"
    page = Request(url + (on or path), headers={"Cookie": signed_in})
    with build_opener().open(page) as answer:
        text = answer.read().decode()
        cookie = answer.headers["Set-Cookie"].split(";")[0]
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', text)
    assert token
    request = Request(
        url + path,
        data=encode_multipart(BOUNDARY, {"csrfmiddlewaretoken": token[1], **fields}),
        headers={"Content-Type": MULTIPART_CONTENT, "Cookie": f"{signed_in}; {cookie}"},
    )
    with build_opener(_KeepingCookies(signed_in)).open(request) as answer:
        assert answer.status == 200
        return str(answer.read().decode())


def read_page(url: str, user: User, path: str, session: str | None = None) -> str:
    """A page as this user sees it."""
    signed_in = f"{settings.SESSION_COOKIE_NAME}={session or session_key(user)}"
    with build_opener().open(Request(url + path, headers={"Cookie": signed_in})) as answer:
        return str(answer.read().decode())


class _KeepingCookies(HTTPRedirectHandler):
    """Follows a redirect as the same user."""

    def __init__(self, cookie: str) -> None:
        self._cookie = cookie

    def redirect_request(self, *args: Any, **kwargs: Any) -> Request | None:
        request = super().redirect_request(*args, **kwargs)
        if request is not None:
            request.add_header("Cookie", self._cookie)
        return request


def session_key(user: User) -> str:
    """A signed-in browser's cookie, without the detour of the login page."""
    client = Client()
    client.force_login(user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value
