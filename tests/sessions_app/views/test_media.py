from __future__ import annotations

from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from accounts_app.models import User
from sessions_app.models import PracticeSession
from speechcoach.bucket import WINDOW
from tests.bucket_server import BucketServer, asked
from tests.factories import SessionFactory, UserFactory

pytestmark = pytest.mark.django_db

SOUND = b"RIFF\x24\x00\x00\x00WAVEfmt " + bytes(range(256)) * 20


@pytest.fixture
def session() -> PracticeSession:
    stored: PracticeSession = SessionFactory.create(media_filename="größe.wav")
    stored.media.save("x", ContentFile(SOUND))
    return stored


@pytest.fixture
def browser(session: PracticeSession) -> Client:
    client = Client()
    client.force_login(session.owner)
    return client


def fetch(client: Client, session: PracticeSession, **headers: str) -> tuple[Any, bytes]:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    response = client.get(reverse("session_media", args=[session.pk]), headers=named)
    body = response.getvalue() if response.streaming else response.content
    return response, body


def test_the_whole_recording_is_private(session: PracticeSession, browser: Client) -> None:
    response, body = fetch(browser, session)
    assert (response.status_code, body) == (200, SOUND)
    assert response.headers["Content-Type"] == "audio/wav"
    assert response.headers["Content-Length"] == str(len(SOUND))
    assert response.headers["Accept-Ranges"] == "bytes"
    assert "private" in response.headers["Cache-Control"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Disposition"].startswith("inline; filename*=utf-8''gr")


def test_from_a_bucket_a_range_is_fetched_and_little_more(
    bucket: BucketServer, browser: Client
) -> None:
    owner = User.objects.get(pk=browser.session["_auth_user_id"])
    long = SOUND + bytes(8 * WINDOW)
    session: PracticeSession = SessionFactory.create(owner=owner)
    session.media.save("x", ContentFile(long))
    fetch(browser, session, range="bytes=0-9")  # looks at its ends once
    requests = asked(default_storage)
    response, body = fetch(browser, session, range=f"bytes={WINDOW}-{WINDOW + 99}")
    assert (response.status_code, body) == (206, long[WINDOW : WINDOW + 100])
    assert response.headers["Content-Range"] == f"bytes {WINDOW}-{WINDOW + 99}/{len(long)}"
    assert response.headers["Content-Type"] == "audio/wav"
    assert requests == [("HEAD", ""), ("GET", f"bytes={WINDOW}-{2 * WINDOW - 1}")]
    whole, body = fetch(browser, session)
    assert (whole.status_code, body) == (200, long)
    assert whole.headers["Content-Length"] == str(len(long))
    assert fetch(browser, session, range=f"bytes={len(long)}-")[0].status_code == 416


def test_from_a_bucket_nobody_else_hears_it(bucket: BucketServer) -> None:
    session: PracticeSession = SessionFactory.create()
    session.media.save("x", ContentFile(SOUND))
    client = Client()
    client.force_login(UserFactory.create(is_staff=True))
    requests = asked(default_storage)
    assert fetch(client, session)[0].status_code == 404
    assert requests == []


def test_a_storage_that_does_not_answer_is_asked_again_later(
    session: PracticeSession, browser: Client, bucket_away: None
) -> None:
    response = fetch(browser, session, range="bytes=0-9")[0]
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "5"


def test_a_range_is_a_slice(session: PracticeSession, browser: Client) -> None:
    response, body = fetch(browser, session, range="bytes=100-199")
    assert (response.status_code, body) == (206, SOUND[100:200])
    assert response.headers["Content-Range"] == f"bytes 100-199/{len(SOUND)}"
    assert response.headers["Content-Length"] == "100"


def test_a_suffix_range_is_the_end(session: PracticeSession, browser: Client) -> None:
    response, body = fetch(browser, session, range="bytes=-50")
    assert (response.status_code, body) == (206, SOUND[-50:])


def test_a_range_beyond_the_end_is_refused(session: PracticeSession, browser: Client) -> None:
    response, body = fetch(browser, session, range="bytes=999999-")
    assert (response.status_code, body) == (416, b"")
    assert response.headers["Content-Range"] == f"bytes */{len(SOUND)}"


def test_several_ranges_get_the_whole_file(session: PracticeSession, browser: Client) -> None:
    response, body = fetch(browser, session, range="bytes=0-1,5-9")
    assert (response.status_code, body) == (200, SOUND)


def test_a_range_of_another_version_gets_the_whole_file(
    session: PracticeSession, browser: Client
) -> None:
    etag = fetch(browser, session)[0].headers["ETag"]
    same = fetch(browser, session, range="bytes=0-9", if_range=etag)[0]
    other = fetch(browser, session, range="bytes=0-9", if_range='"other"')[0]
    dated = fetch(browser, session, range="bytes=0-9", if_range="Sat, 21 Nov 2020 07:28:00 GMT")[0]
    assert [r.status_code for r in (same, other, dated)] == [206, 200, 200]


def test_what_is_no_recording_is_never_shown_by_the_browser(browser: Client) -> None:
    user = User.objects.get(pk=browser.session["_auth_user_id"])
    page: PracticeSession = SessionFactory.create(owner=user, media_filename="talk.html")
    page.media.save("x", ContentFile(b"<html><script>alert(1)</script>"))
    response = fetch(browser, page)[0]
    assert response.headers["Content-Type"] == "application/octet-stream"
    assert response.headers["Content-Disposition"] == 'attachment; filename="talk.html"'


@pytest.mark.parametrize("staff", [False, True])
def test_nobody_but_the_owner_hears_it(session: PracticeSession, staff: bool) -> None:
    client = Client()
    client.force_login(UserFactory.create(is_staff=staff))
    assert fetch(client, session)[0].status_code == 404


@pytest.mark.parametrize("name", ["", "sessions/gone/recording"])
def test_a_recording_that_is_not_kept_is_not_found(
    session: PracticeSession, browser: Client, name: str
) -> None:
    PracticeSession.objects.filter(pk=session.pk).update(media=name)
    assert fetch(browser, session)[0].status_code == 404


def test_a_proxy_is_told_which_file_to_send(
    session: PracticeSession, browser: Client, settings: Settings
) -> None:
    settings.X_ACCEL_REDIRECT = "/recordings/"
    response, body = fetch(browser, session, range="bytes=100-199")
    assert (response.status_code, body) == (200, b"")
    assert response.headers["X-Accel-Redirect"] == f"/recordings/{session.media.name}"
    assert response.headers["Content-Type"] == "audio/wav"
    assert "private" in response.headers["Cache-Control"]


@pytest.mark.parametrize("staff", [False, True])
def test_a_proxy_is_told_nothing_for_others(
    session: PracticeSession, staff: bool, settings: Settings
) -> None:
    settings.X_ACCEL_REDIRECT = "/recordings/"
    client = Client()
    assert "X-Accel-Redirect" not in fetch(client, session)[0].headers
    client.force_login(UserFactory.create(is_staff=staff))
    response = fetch(client, session)[0]
    assert response.status_code == 404
    assert "X-Accel-Redirect" not in response.headers
