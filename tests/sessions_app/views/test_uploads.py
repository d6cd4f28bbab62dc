from __future__ import annotations

import errno
import os
import uuid
from base64 import b64encode
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from accounts_app.models import User
from sessions_app import actions, partials, tus
from sessions_app.messages import problem_text
from sessions_app.models import Upload
from sessions_app.stages.problems import Problem
from tests.factories import SessionFactory, UserFactory
from tests.sessions_app.arriving import TUS, arrived, arriving, ask, begin, send

pytestmark = pytest.mark.django_db

MEGABYTE = 1024 * 1024


def encoded(text: str) -> str:
    return b64encode(text.encode()).decode()


@pytest.fixture
def guarded(owner: User) -> Client:
    """A browser whose tokens are looked at."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(owner)
    client.get(reverse("session_new"))
    return client


def test_says_what_it_can() -> None:
    for path in (reverse("uploads"), reverse("upload", args=[uuid.uuid4()])):
        answer = Client().options(path)
        assert answer.status_code == 204
        assert answer.headers["Tus-Resumable"] == answer.headers["Tus-Version"] == "1.0.0"
        assert answer.headers["Tus-Extension"] == "creation,termination"
        assert answer.headers["Tus-Max-Size"] == str(500 * MEGABYTE)


def test_an_upload_is_begun(owner: User, browser: Client) -> None:
    name, kind = encoded("../Rede \u00fcber B\u00e4ume.webm"), encoded("audio/webm")
    answer = begin(browser, 5, f"filename {name},filetype {kind}")
    assert answer.status_code == 201
    upload = Upload.objects.get()
    assert answer.headers["Location"] == reverse("upload", args=[upload.pk])
    assert (upload.owner, upload.length) == (owner, 5)
    assert (upload.filename, upload.filetype) == ("Rede \u00fcber B\u00e4ume.webm", "audio/webm")


def test_an_upload_goes_on_where_it_ends(owner: User, browser: Client) -> None:
    upload = arriving(length=5, owner=owner)
    answer = send(browser, upload, b"abc", 0)
    assert (answer.status_code, answer.headers["Upload-Offset"]) == (204, "3")
    answer = ask(browser, upload)
    assert answer.status_code == 200
    assert (answer.headers["Upload-Offset"], answer.headers["Upload-Length"]) == ("3", "5")
    assert answer.headers["Cache-Control"] == "no-store"
    assert send(browser, upload, b"de", 3).headers["Upload-Offset"] == "5"
    assert arrived(upload) == b"abcde"


def test_a_client_is_told_again_what_it_said_of_the_file(owner: User, browser: Client) -> None:
    named = arriving(b"abc", owner=owner, filename="a b.wav", filetype="audio/wav")
    about = ask(browser, named).headers["Upload-Metadata"]
    assert tus.metadata(about) == {"filename": "a b.wav", "filetype": "audio/wav"}
    assert "Upload-Metadata" not in ask(browser, arriving(owner=owner, filename="")).headers


@given(st.lists(st.integers(1, 700), max_size=6), st.sets(st.integers(0, 9), max_size=5))
@hypothesis(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=25
)
def test_however_it_is_cut_and_broken_off_the_same_bytes_arrive(
    owner: User, browser: Client, sizes: list[int], broken: set[int]
) -> None:
    data = os.urandom(2_000)
    upload = arriving(length=len(data), owner=owner)
    for turn, size in enumerate([*sizes, *[len(data)] * (len(broken) + 1)]):
        at = int(ask(browser, upload).headers["Upload-Offset"])
        piece = data[at : at + size]
        environ: dict[str, Any] = {}
        if turn in broken:  # half of it arrives
            environ["wsgi.input"] = BytesIO(piece[: len(piece) // 2])
        if piece:
            assert send(browser, upload, piece, at, **environ).status_code == 204
        assert data.startswith(arrived(upload))
    assert arrived(upload) == data


@pytest.mark.parametrize("at", [0, 2, 4, 5])
def test_a_piece_from_elsewhere_is_refused(owner: User, browser: Client, at: int) -> None:
    upload = arriving(b"abc", length=5, owner=owner)
    answer = send(browser, upload, b"x", at)
    assert (answer.status_code, answer.headers["Upload-Offset"]) == (409, "3")
    assert arrived(upload) == b"abc"


def test_the_slower_of_two_at_once_is_told_where_the_faster_is(
    owner: User, browser: Client
) -> None:
    upload = arriving(length=5, owner=owner)

    class Overtaken(BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            partials.append(upload.pk, 0, [b"abcd"])
            return super().read(size)

    answer = send(browser, upload, b"abc", 0, **{"wsgi.input": Overtaken(b"abc")})
    assert (answer.status_code, answer.headers["Upload-Offset"]) == (409, "4")
    assert arrived(upload) == b"abcd"


def test_no_more_is_taken_than_was_announced(owner: User, browser: Client) -> None:
    upload = arriving(b"abc", length=5, owner=owner)
    assert send(browser, upload, b"xxx", 3).status_code == 413
    assert arrived(upload) == b"abc"


def test_a_piece_of_any_size_is_not_held_in_memory(
    owner: User, browser: Client, settings: Settings
) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000
    data = os.urandom(300_000)
    upload = arriving(length=len(data), owner=owner)
    assert send(browser, upload, data, 0).status_code == 204
    assert arrived(upload) == data


def test_an_upload_is_dropped_by_its_client(
    owner: User,
    browser: Client,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    upload = arriving(b"abc", length=5, owner=owner)
    with django_capture_on_commit_callbacks(execute=True):
        answer = browser.delete(upload.get_absolute_url(), headers=TUS)
    assert answer.status_code == 204
    assert not Upload.objects.exists()
    assert partials.offset(upload.pk) is None
    assert ask(browser, upload).status_code == 404


def test_where_patch_does_not_get_through_post_does(owner: User, guarded: Client) -> None:
    upload = arriving(b"abc", length=5, owner=owner)
    headers = {**TUS, "Upload-Offset": "3", "X-HTTP-Method-Override": "PATCH"}
    path, token = upload.get_absolute_url(), guarded.cookies["csrftoken"].value
    assert guarded.post(path, b"de", tus.PIECE, headers=headers).status_code == 403
    headers["X-CSRFToken"] = token
    assert guarded.post(path, b"de", tus.PIECE, headers=headers).status_code == 204
    assert arrived(upload) == b"abcde"


def test_a_link_changes_nothing(owner: User, guarded: Client) -> None:
    upload = arriving(b"abc", owner=owner)
    headers = {**TUS, "X-HTTP-Method-Override": "DELETE"}
    assert guarded.get(upload.get_absolute_url(), headers=headers).status_code == 405
    assert Upload.objects.exists()


@pytest.mark.parametrize("method", ["HEAD", "PATCH", "DELETE"])
def test_others_uploads_do_not_exist(browser: Client, method: str) -> None:
    upload = arriving(b"abc", length=5)
    headers = {**TUS, "Upload-Offset": "3"}
    answer = browser.generic(method, upload.get_absolute_url(), b"x", tus.PIECE, headers=headers)
    assert answer.status_code == 404
    assert answer.headers["Tus-Resumable"] == "1.0.0"
    assert arrived(upload) == b"abc"


def test_an_upload_whose_bytes_are_lost_is_begun_again(owner: User, browser: Client) -> None:
    upload = arriving(b"abc", length=5, owner=owner)
    partials.remove(upload.pk)
    assert ask(browser, upload).status_code == 404
    assert send(browser, upload, b"de", 3).status_code == 404


def test_an_upload_that_goes_while_it_comes_in_is_begun_again(
    owner: User, browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(**piece: object) -> None:
        raise actions.UploadGone

    monkeypatch.setattr(actions, "receive", gone)
    assert send(browser, arriving(length=5, owner=owner), b"abc", 0).status_code == 404


@pytest.mark.parametrize("method", ["HEAD", "PATCH", "DELETE"])
def test_an_upload_that_became_a_talk_leads_to_it(
    owner: User, browser: Client, method: str
) -> None:
    session = SessionFactory.create(owner=owner)
    upload = arriving(b"abc", owner=owner, session=session)
    answer = browser.generic(method, upload.get_absolute_url(), headers=TUS)
    assert (answer.status_code, answer.headers["Location"]) == (410, session.get_absolute_url())
    assert Upload.objects.exists()


def test_whoever_is_signed_out_is_told_so(owner: User, client: Client) -> None:
    upload = arriving(b"abc", length=5, owner=owner)
    for answer in (begin(client, 5), send(client, upload, b"de", 3), ask(client, upload)):
        assert answer.status_code == 401
        assert answer.headers["Tus-Resumable"] == "1.0.0"
    assert "Sign in again" in begin(client, 5).content.decode()
    assert arrived(upload) == b"abc"


def test_each_write_needs_its_token(owner: User, guarded: Client) -> None:
    upload = arriving(b"abc", length=5, owner=owner)
    path, token = upload.get_absolute_url(), guarded.cookies["csrftoken"].value
    refused = [
        begin(guarded, 5),
        send(guarded, upload, b"de", 3),
        guarded.delete(path, headers=TUS),
    ]
    assert [answer.status_code for answer in refused] == [403, 403, 403]
    assert {answer.headers["Tus-Resumable"] for answer in refused} == {"1.0.0"}
    assert Upload.objects.get() == upload
    headers = {**TUS, "X-CSRFToken": token}
    made = guarded.post(reverse("uploads"), headers={**headers, "Upload-Length": "5"})
    assert made.status_code == 201
    sent = guarded.patch(path, b"de", tus.PIECE, headers={**headers, "Upload-Offset": "3"})
    assert sent.status_code == 204
    assert guarded.delete(path, headers=headers).status_code == 204


def test_another_version_is_not_spoken(owner: User, browser: Client) -> None:
    path = arriving(b"abc", owner=owner).get_absolute_url()
    for headers in ({}, {"Tus-Resumable": "0.2.2"}):
        answer = browser.head(path, headers=headers)
        assert (answer.status_code, answer.headers["Tus-Version"]) == (412, "1.0.0")


def test_other_methods_are_not_allowed(owner: User, browser: Client) -> None:
    upload = arriving(b"abc", owner=owner)
    answer = browser.get(upload.get_absolute_url(), headers=TUS)
    assert (answer.status_code, answer.headers["Allow"]) == (405, "OPTIONS, HEAD, PATCH, DELETE")
    answer = browser.get(reverse("uploads"), headers=TUS)
    assert (answer.status_code, answer.headers["Allow"]) == (405, "OPTIONS, POST")


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"Upload-Offset": "three"}, 400),
        ({"Upload-Offset": "-3"}, 400),
        ({"Content-Type": "multipart/form-data; boundary=x"}, 415),
        ({"Content-Length": ""}, 411),
    ],
)
def test_what_is_no_piece_is_refused(
    owner: User, browser: Client, changed: dict[str, str], status: int
) -> None:
    upload = arriving(b"abc", length=5, owner=owner)
    headers = {**TUS, "Upload-Offset": "3", "Content-Type": tus.PIECE, **changed}
    answer = browser.generic("PATCH", upload.get_absolute_url(), b"de", headers=headers)
    assert answer.status_code == status
    assert arrived(upload) == b"abc"


@pytest.mark.parametrize("length", ["", "many", "-1", "1" * 30])
def test_a_length_has_to_be_one(browser: Client, length: str) -> None:
    assert begin(browser, length).status_code == 400
    assert not Upload.objects.exists()


def test_an_empty_file_is_refused(browser: Client) -> None:
    answer = begin(browser, 0)
    assert answer.status_code == 400
    assert answer.content.decode() == problem_text(Problem.EMPTY_FILE)


def test_a_file_too_large_is_refused(browser: Client, settings: Settings) -> None:
    settings.UPLOAD_MAX_MB = 1
    assert begin(browser, MEGABYTE).status_code == 201
    answer = begin(browser, MEGABYTE + 1)
    assert answer.status_code == 413
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.content.decode() == problem_text(Problem.TOO_LARGE)


def test_a_file_beyond_its_owners_space_is_refused(
    owner: User, browser: Client, settings: Settings
) -> None:
    settings.USER_QUOTA_MB = 4
    SessionFactory.create(owner=owner, media_bytes=MEGABYTE)
    SessionFactory.create(owner=UserFactory.create(), media_bytes=3 * MEGABYTE)
    assert begin(browser, MEGABYTE).status_code == 201
    answer = begin(browser, 2 * MEGABYTE + 1)
    assert answer.status_code == 413
    assert "2 MB of your 4 MB" in answer.content.decode()


def test_a_full_disk_is_told_and_what_came_before_is_kept(
    owner: User, browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload = arriving(b"abc", length=200_000, owner=owner)
    write = os.pwrite

    def filling_up(descriptor: int, data: bytes, at: int) -> int:
        if at > 3:
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(descriptor, data, at)

    monkeypatch.setattr(os, "pwrite", filling_up)
    answer = send(browser, upload, bytes(100_000), 3)
    assert answer.status_code == 507
    assert answer.content.decode() == problem_text(Problem.STORAGE)
    assert answer.headers["Upload-Offset"] == str(partials.offset(upload.pk)) == str(3 + 65_536)


def test_a_full_disk_is_told_before_anything_is_sent(
    browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*args: object, **kwargs: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("pathlib.Path.touch", full)
    answer = begin(browser, 5)
    assert answer.status_code == 507
    assert answer.content.decode() == problem_text(Problem.STORAGE)
    assert not Upload.objects.exists()
