from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.conf import settings
from django.core.files.uploadedfile import (
    SimpleUploadedFile,
    TemporaryUploadedFile,
    UploadedFile,
)
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from accounts_app.models import User
from sessions_app import actions
from sessions_app.messages import problem_text
from sessions_app.models import PracticeSession
from sessions_app.stages.problems import Problem, StageProblem
from tests.factories import UserFactory

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


@pytest.fixture
def stored(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the files for which room was made on the disk or in memory."""
    names = list[str]()
    make = UploadedFile.__init__

    def made(self: UploadedFile[bytes], file: object, name: str, *args: Any, **kwargs: Any) -> None:
        if not isinstance(self, SimpleUploadedFile):
            names.append(name)
        make(self, file, name, *args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(UploadedFile, "__init__", made)
    return names


def in_between() -> list[Path]:
    """Files that came in and are neither stored nor gone."""
    return list((settings.DATA_DIR / "uploads").iterdir())


def fill_disk(monkeypatch: pytest.MonkeyPatch, when: list[str]) -> None:
    """From now on temporary files for uploads fail in these methods, on every use."""
    close = TemporaryUploadedFile.close

    def full(self: TemporaryUploadedFile, *args: object, **kwargs: object) -> None:
        if hasattr(self, "file"):
            close(self)
        raise OSError(errno.ENOSPC, "No space left on device")

    for name in when:
        monkeypatch.setattr(TemporaryUploadedFile, name, full)


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


@pytest.mark.parametrize("words", [400, 600_000])
def test_a_transcript_too_long_to_paste_is_answered_on_the_form(
    browser: Client, words: int
) -> None:
    status, html = send(browser, transcript="words " * words)
    assert status in (413, 422)
    assert "longer than 1 kB" in html
    assert not PracticeSession.objects.exists()


@pytest.mark.parametrize("field", ["recording", "transcript_file"])
def test_one_field_takes_one_file(browser: Client, stored: list[str], field: str) -> None:
    several = [SimpleUploadedFile(f"{n}.txt", b"Hello there.") for n in range(5)]
    status, html = send(browser, **{field: several})
    assert status == 422
    assert "Choose one file" in html
    assert stored == ["0.txt"]
    assert not PracticeSession.objects.exists()


def test_a_second_file_does_not_spoil_the_other_field(browser: Client) -> None:
    extra = SimpleUploadedFile("extra.bin", bytes(10))
    recording = SimpleUploadedFile("a.wav", b"RIFF....WAVE")
    assert send(browser, recording=recording, extra=extra)[0] == 302
    with PracticeSession.objects.get().media.open() as kept:
        assert kept.read() == b"RIFF....WAVE"


def test_a_request_far_beyond_every_limit_is_not_read(browser: Client, stored: list[str]) -> None:
    recording = SimpleUploadedFile("a.wav", bytes(8 * MEGABYTE))
    status, html = send(browser, recording=recording)
    assert status == 413
    assert problem_text(Problem.TOO_LARGE) in html
    assert stored == []


def test_a_recording_comes_in_where_it_is_kept(browser: Client, stored: list[str]) -> None:
    recording = SimpleUploadedFile("a.wav", b"RIFF....WAVE")
    with (
        patch("shutil.copyfileobj", side_effect=AssertionError),
        patch("django.core.files.move.os.rename", wraps=os.rename) as rename,
    ):
        assert send(browser, recording=recording)[0] == 302
    assert Path(rename.call_args.args[0]).parent == settings.DATA_DIR / "uploads"
    assert (settings.DATA_DIR / "uploads").stat().st_mode & 0o777 == 0o700
    assert in_between() == []


@pytest.mark.parametrize("when", [["__init__"], ["write"], ["seek"], ["write", "close"]])
def test_a_full_disk_while_receiving_is_told(
    browser: Client, monkeypatch: pytest.MonkeyPatch, when: list[str]
) -> None:
    fill_disk(monkeypatch, when)
    recording = SimpleUploadedFile("a.wav", bytes(300_000))
    status, html = send(browser, recording=recording, title="My title")
    assert status == 422
    assert problem_text(Problem.STORAGE) in html
    assert 'value="My title"' in html
    assert in_between() == []


def test_a_full_disk_while_storing_is_told(
    browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(**talk: object) -> None:
        raise StageProblem(Problem.STORAGE)

    monkeypatch.setattr(actions, "create_session", full)
    status, html = send(browser, recording=SimpleUploadedFile("a.wav", b"RIFF....WAVE"))
    assert status == 422
    assert problem_text(Problem.STORAGE) in html
    assert in_between() == []


@pytest.mark.parametrize("name", ["account_login", "account_signup", "account_reset_password"])
def test_no_other_page_takes_files(client: Client, stored: list[str], name: str) -> None:
    page = reverse(name)
    client.post(page, {"login": "a", "file": SimpleUploadedFile("a.bin", bytes(100_000))})
    assert stored == []
    large = SimpleUploadedFile("a.bin", bytes(settings.DATA_UPLOAD_MAX_MEMORY_SIZE))
    assert client.post(page, {"file": large}).status_code == 400
    assert stored == []


def test_signing_in_works_with_a_file_beside_it(client: Client) -> None:
    user = UserFactory.create()
    data = {"login": user.email, "password": "correct horse battery"}
    extra = SimpleUploadedFile("a.bin", bytes(100_000))
    assert client.post(reverse("account_login"), {"file": extra, **data}).status_code == 302
