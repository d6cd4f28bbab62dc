"""The form of a new talk whose recording came in before it."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts_app.models import User
from sessions_app import actions, partials
from sessions_app.models import PracticeSession, Upload
from tests.sessions_app.arriving import arrived, arriving

pytestmark = pytest.mark.django_db(transaction=True)

DIALOGUE = "Anna: Hello there and welcome.\nBen: Thank you.\nAnna: So.\nBen: Yes.\n"


def send(browser: Client, upload: object, **fields: Any) -> HttpResponse:
    data = {"language": "en", "kind": "free", "upload": str(upload), **fields}
    return browser.post(reverse("session_new"), data)  # type: ignore[return-value]


def recording() -> bytes:
    with PracticeSession.objects.get().media.open() as file:
        return bytes(file.read())


def test_the_recording_is_what_has_arrived(owner: User, browser: Client) -> None:
    upload = arriving(b"RIFF....WAVE", owner=owner)
    answer = send(browser, upload.pk)
    session = PracticeSession.objects.get(owner=owner)
    assert answer.headers["Location"] == session.get_absolute_url()
    assert (session.title, session.media_filename) == ("My talk", "My talk.webm")
    assert session.media_bytes == 12
    assert recording() == b"RIFF....WAVE"
    assert partials.offset(upload.pk) is None


def test_a_form_with_errors_keeps_its_upload(owner: User, browser: Client) -> None:
    upload = arriving(b"RIFF", owner=owner)
    answer = send(browser, upload.pk, target_wpm="0", title="Mine")
    assert answer.status_code == 422
    assert arrived(upload) == b"RIFF"
    assert not PracticeSession.objects.exists()
    assert send(browser, upload.pk, target_wpm="120", title="Mine").status_code == 302
    assert PracticeSession.objects.get().title == "Mine"


def test_a_form_sent_twice_leads_to_its_one_talk(owner: User, browser: Client) -> None:
    upload = arriving(b"RIFF", owner=owner)
    first = send(browser, upload.pk, title="Mine")
    again = send(browser, upload.pk, title="Mine, changed")
    assert again.status_code == 302
    assert again.headers["Location"] == first.headers["Location"]
    assert PracticeSession.objects.get().title == "Mine"


def test_sent_twice_it_leads_to_the_question_who_one_is(owner: User, browser: Client) -> None:
    upload = arriving(b"RIFF", owner=owner)
    first = send(browser, upload.pk, transcript=DIALOGUE)
    again = send(browser, upload.pk, transcript=DIALOGUE)
    page = reverse("session_speaker", args=[PracticeSession.objects.get().pk])
    assert again.headers["Location"] == first.headers["Location"] == page


def test_a_form_overtaken_by_its_twin_leads_to_the_talk(
    owner: User, browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload = arriving(b"RIFF", owner=owner)
    create = actions.create_session

    def second(**talk: Any) -> PracticeSession:
        create(**talk)
        return create(**talk)

    monkeypatch.setattr(actions, "create_session", second)
    answer = send(browser, upload.pk)
    assert answer.headers["Location"] == PracticeSession.objects.get().get_absolute_url()


def test_an_upload_dropped_at_the_last_moment_is_told(
    owner: User, browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload = arriving(b"RIFF", owner=owner)
    create = actions.create_session

    def late(**talk: Any) -> PracticeSession:
        actions.delete_upload(upload=upload)
        return create(**talk)

    monkeypatch.setattr(actions, "create_session", late)
    answer = send(browser, upload.pk)
    assert answer.status_code == 422
    assert "no longer on this server" in answer.content.decode()
    assert not PracticeSession.objects.exists()


def test_a_file_that_comes_with_the_form_counts_instead(owner: User, browser: Client) -> None:
    upload = arriving(b"RIFF", owner=owner)
    send(browser, upload.pk, recording=SimpleUploadedFile("other.wav", b"OTHER"))
    assert recording() == b"OTHER"
    assert PracticeSession.objects.get().title == "other"
    assert arrived(upload) == b"RIFF"


def test_another_file_after_the_upload_became_a_talk_is_another_talk(
    owner: User, browser: Client
) -> None:
    upload = arriving(b"RIFF", owner=owner)
    send(browser, upload.pk)
    send(browser, upload.pk, recording=SimpleUploadedFile("other.wav", b"OTHER"))
    assert PracticeSession.objects.count() == 2


def test_an_upload_of_somebody_else_is_none(browser: Client) -> None:
    upload = arriving(b"RIFF")
    answer = send(browser, upload.pk)
    assert answer.status_code == 422
    assert "no longer on this server" in answer.content.decode()
    assert arrived(upload) == b"RIFF"


def test_a_talk_of_somebody_else_is_not_shown(browser: Client) -> None:
    upload = arriving(b"RIFF")
    actions.create_session(
        owner=upload.owner, title="Theirs", language="en", kind="free", upload=upload
    )
    assert send(browser, upload.pk).status_code == 422


def test_a_talk_needs_no_upload(browser: Client) -> None:
    answer = send(browser, "", transcript="Hello there, everybody.")
    assert answer.status_code == 302
    assert not Upload.objects.exists()


def test_what_is_wrong_stands_where_the_recording_is_chosen(owner: User, browser: Client) -> None:
    html = send(browser, arriving(b"RI", length=4, owner=owner).pk).content.decode()
    assert "not completely uploaded yet" in html
