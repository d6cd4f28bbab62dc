from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from accounts_app.models import User
from sessions_app.messages import problem_text
from sessions_app.models import PracticeSession
from sessions_app.stages.problems import Problem

pytestmark = pytest.mark.django_db

MEGABYTE = 1024 * 1024


@pytest.fixture
def browser(django_user_model: type[User], settings: Settings) -> Client:
    settings.UPLOAD_MAX_MB = 1
    settings.TRANSCRIPT_MAX_KB = 1
    client = Client(enforce_csrf_checks=True)
    client.force_login(django_user_model.objects.create_user("owner@example.com"))
    client.get(reverse("session_new"))
    return client


def send(client: Client, **fields: object) -> tuple[int, str]:
    token = client.cookies["csrftoken"].value
    data = {"csrfmiddlewaretoken": token, "language": "en", "kind": "free", **fields}
    response = client.post(reverse("session_new"), data)
    return response.status_code, response.content.decode()


def test_a_recording_may_be_as_large_as_the_limit(browser: Client) -> None:
    recording = SimpleUploadedFile("a.wav", bytes(MEGABYTE))
    assert send(browser, recording=recording)[0] == 302
    assert PracticeSession.objects.get().media_bytes == MEGABYTE


@pytest.mark.parametrize("size", [MEGABYTE + 1, 4 * MEGABYTE])
def test_a_larger_recording_is_refused_with_the_rest_of_the_form_kept(
    browser: Client, size: int
) -> None:
    recording = SimpleUploadedFile("a.wav", bytes(size))
    status, html = send(browser, recording=recording, title="My title")
    assert status == 422
    assert problem_text(Problem.TOO_LARGE) in html
    assert 'value="My title"' in html
    assert not PracticeSession.objects.exists()


def test_a_long_transcript_file_is_refused(browser: Client) -> None:
    file = SimpleUploadedFile("talk.txt", b"words " * 400)
    status, html = send(browser, transcript_file=file)
    assert status == 422
    assert "longer than 1 kB" in html


def test_files_nobody_asked_for_are_discarded(browser: Client) -> None:
    extra = SimpleUploadedFile("extra.bin", bytes(10))
    assert send(browser, extra=extra, transcript="Hello there, everybody.")[0] == 302


def test_an_upload_needs_its_token(browser: Client) -> None:
    data = {"language": "en", "kind": "free", "transcript": "Hello there."}
    assert browser.post(reverse("session_new"), data).status_code == 403
    assert not PracticeSession.objects.exists()


def test_a_transcript_too_long_to_paste_gets_an_answer(browser: Client) -> None:
    status, html = send(browser, transcript="words " * 600_000)
    assert status == 400
    assert "upload it as a file instead" in html
