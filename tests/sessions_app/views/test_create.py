from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from accounts_app.models import User
from sessions_app import actions, queries
from sessions_app.messages import problem_text
from sessions_app.models import PracticeSession
from sessions_app.stages.problems import Problem
from tests.factories import SessionFactory

pytestmark = pytest.mark.django_db

TWO_SPEAKERS = "Anna: Hello there and welcome.\nBen: Thank you.\nAnna: So.\nBen: Yes.\n"


def test_a_transcript_becomes_a_talk(owner: User, browser: Client) -> None:
    data = {"language": "en", "kind": "pitch", "title": "T", "transcript": "Hello there, all."}
    response = browser.post(reverse("session_new"), data)
    session = PracticeSession.objects.get(owner=owner)
    assert response.headers["Location"] == session.get_absolute_url()
    assert session.latest_run is not None


def test_a_recording_becomes_a_talk(owner: User, browser: Client) -> None:
    file = SimpleUploadedFile("Rehearsal.wav", b"RIFF....WAVE")
    data = {"language": "en", "kind": "free", "recording": file}
    assert browser.post(reverse("session_new"), data).status_code == 302
    session = PracticeSession.objects.get(owner=owner)
    assert session.title == "Rehearsal"
    assert session.media.read() == b"RIFF....WAVE"


def test_nothing_given_is_answered_on_the_form(browser: Client) -> None:
    response = browser.post(reverse("session_new"), {"language": "en", "kind": "free"})
    assert response.status_code == 422
    assert "Choose a recording, or give a transcript." in response.content.decode()
    assert not PracticeSession.objects.exists()


def test_the_form_says_where_the_recording_goes_and_how_large_it_may_be(browser: Client) -> None:
    html = browser.get(reverse("session_new")).content.decode()
    assert "Nothing leaves this server" in html
    assert "rough draft" in html
    assert "up to 500 MB and 60 minutes" in html


def test_what_is_sent_where_is_said_before_the_first_upload(
    browser: Client, settings: Settings
) -> None:
    settings.OPENAI_API_KEY = "key"
    settings.TRANSCRIPTION_BASE_URL = "http://someone:secret@ears.example:9000/v1"
    settings.AI_ANSWER_DAYS = 12
    html = browser.get(reverse("session_new")).content.decode()
    assert "Your recording is sent to <strong>ears.example:9000</strong>" in html
    assert "sent to <strong>api.openai.com</strong>" in html
    assert "written down by gpt-transcribe at ears.example:9000" in html
    assert "for 12 days" in html
    assert "secret" not in html
    assert "Nothing leaves" not in html
    assert "rough draft" not in html


def test_a_recording_stays_here_where_nothing_writes_it_down(
    browser: Client, settings: Settings
) -> None:
    settings.OPENAI_BASE_URL, settings.AI_MODEL_TRANSCRIPTION = "http://minds.example/v1", ""
    settings.AI_ANSWER_DAYS = 0
    html = browser.get(reverse("session_new")).content.decode()
    assert "Your recording stays here." in html
    assert "sent to <strong>minds.example</strong>" in html
    assert "not kept beyond the report" in html
    assert "rough draft" in html


def test_several_speakers_are_asked_which_one_they_are(owner: User, browser: Client) -> None:
    data = {"language": "en", "kind": "interview", "transcript": TWO_SPEAKERS}
    response = browser.post(reverse("session_new"), data)
    session = PracticeSession.objects.get(owner=owner)
    speaker_page = reverse("session_speaker", args=[session.pk])
    assert response.headers["Location"] == speaker_page
    assert browser.get(session.get_absolute_url()).headers["Location"] == speaker_page
    assert "Ben" in browser.get(speaker_page).content.decode()
    assert browser.post(speaker_page, {"speaker": "Eve"}).status_code == 422
    browser.post(speaker_page, {"speaker": "Ben"})
    session.refresh_from_db()
    assert session.speaker == "Ben"
    assert session.latest_run is not None
    assert browser.get(speaker_page).headers["Location"] == session.get_absolute_url()


def test_saying_twice_at_once_who_one_is_starts_one_run(
    owner: User, browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting = SessionFactory.create(
        owner=owner, transcript_text=TWO_SPEAKERS, transcript_format="txt"
    )
    before = queries.sessions_of(owner).get()
    actions.choose_speaker(session=waiting, speaker="Ben")
    monkeypatch.setattr("sessions_app.views.create.own_session", lambda request, pk: before)
    response = browser.post(reverse("session_speaker", args=[waiting.pk]), {"speaker": "Anna"})
    assert response.headers["Location"] == waiting.get_absolute_url()
    waiting.refresh_from_db()
    assert waiting.speaker == "Ben"
    assert waiting.runs.count() == 1


def test_who_one_is_cannot_be_said_of_a_recording_that_was_removed(
    owner: User, browser: Client
) -> None:
    waiting = SessionFactory.create(
        owner=owner,
        media_filename="a.wav",
        transcript_text=TWO_SPEAKERS,
        transcript_format="txt",
    )
    page = reverse("session_speaker", args=[waiting.pk])
    response = browser.post(page, {"speaker": "Ben"}, follow=True)
    assert problem_text(Problem.FILE_MISSING) in response.content.decode()
    assert not waiting.runs.exists()


def test_the_form_says_who_can_reach_a_recording_and_what_a_draft_gives(browser: Client) -> None:
    html = browser.get(reverse("session_new")).content.decode()
    assert "Other users, staff included, cannot hear your recording or read its report here" in html
    assert "pace and pauses are then rough estimates" in html
