from __future__ import annotations

import csv
import json
from io import StringIO

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts_app.models import User
from sessions_app.models import PracticeSession
from tests.factories import RunFactory
from tests.sessions_app.exports.test_talk import untimed
from tests.sessions_app.exports.unpacked import contents
from tests.sessions_app.finished import finished_run
from tests.sessions_app.views.reading import page

pytestmark = pytest.mark.django_db

FILES = {
    "report_json": ("application/json", "My-talk.json"),
    "report_markdown": ("text/markdown", "My-talk.md"),
    "findings_csv": ("text/csv", "My-talk-findings.csv"),
    "words_csv": ("text/csv", "My-talk-words.csv"),
    "words_srt": ("application/x-subrip", "My-talk.srt"),
    "words_vtt": ("text/vtt", "My-talk.vtt"),
}


@pytest.fixture
def session(owner: User) -> PracticeSession:
    return finished_run(session__owner=owner, session__title="My talk").session


def text(browser: Client, name: str, session: PracticeSession) -> str:
    response = browser.get(reverse(name, args=[session.pk]))
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("name", FILES)
def test_each_form_is_an_attachment_that_nobody_keeps(
    name: str, session: PracticeSession, browser: Client
) -> None:
    kind, filename = FILES[name]
    response = browser.get(reverse(name, args=[session.pk]))
    assert response.headers["Content-Type"] == f"{kind}; charset=utf-8"
    assert response.headers["Content-Disposition"] == f'attachment; filename="{filename}"'
    assert response.headers["Cache-Control"] == "private, no-store"


def test_each_form_is_what_it_says(session: PracticeSession, browser: Client) -> None:
    assert json.loads(text(browser, "report_json", session))["session"]["id"] == str(session.pk)
    assert text(browser, "report_markdown", session).startswith("# My talk\n")
    assert len(list(csv.reader(StringIO(text(browser, "findings_csv", session))))) == 2
    assert len(list(csv.reader(StringIO(text(browser, "words_csv", session))))) == 4
    assert "-->" in text(browser, "words_srt", session)
    assert text(browser, "words_vtt", session).startswith("WEBVTT")


@pytest.mark.parametrize("name", FILES)
def test_the_head_makes_nothing(name: str, session: PracticeSession, browser: Client) -> None:
    with CaptureQueriesContext(connection) as asked:
        response = browser.head(reverse(name, args=[session.pk]))
    assert response.status_code == 200
    assert response.headers["Content-Type"].startswith(FILES[name][0])
    assert "Content-Length" not in response.headers
    assert len(asked) <= 5


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("method", ["get", "head"])
def test_there_is_nothing_before_the_report(
    name: str, method: str, owner: User, browser: Client
) -> None:
    session = RunFactory.create(session__owner=owner).session
    assert getattr(browser, method)(reverse(name, args=[session.pk])).status_code == 404


@pytest.mark.parametrize("method", ["get", "head"])
def test_without_times_there_are_no_subtitles(method: str, owner: User, browser: Client) -> None:
    from_text = {"transcription": lambda context, check: untimed()}
    session = finished_run(own=from_text, session__owner=owner).session
    for name in ("words_srt", "words_vtt"):
        assert getattr(browser, method)(reverse(name, args=[session.pk])).status_code == 404
    assert "WebVTT" not in page(browser, "session_export", session)


def test_the_page_links_every_form(session: PracticeSession, browser: Client) -> None:
    html = page(browser, "session_export", session)
    assert all(reverse(name, args=[session.pk]) in html for name in (*FILES, "session_zip"))


def test_before_a_report_the_page_offers_what_there_is(owner: User, browser: Client) -> None:
    session = RunFactory.create(session__owner=owner).session
    html = page(browser, "session_export", session)
    assert "There is no report yet." in html
    assert reverse("report_json", args=[session.pk]) not in html
    assert reverse("session_zip", args=[session.pk]) in html


def test_a_talk_is_downloaded_as_one_zip(session: PracticeSession, browser: Client) -> None:
    session.media.save("recording", ContentFile(b"sound"), save=False)
    session.media_filename = "talk.wav"
    session.save()
    response = browser.get(reverse("session_zip", args=[session.pk]))
    assert response.headers["Content-Disposition"] == 'attachment; filename="My-talk.zip"'
    assert contents(response.getvalue())["talk.wav"] == b"sound"


@pytest.mark.parametrize("name", [*FILES, "session_zip", "session_export"])
def test_the_talks_of_others_are_not_there(
    name: str, session: PracticeSession, client: Client, django_user_model: type[User]
) -> None:
    client.force_login(django_user_model.objects.create_user("other@example.com"))
    assert client.get(reverse(name, args=[session.pk])).status_code == 404
