from __future__ import annotations

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse

from accounts_app.models import User
from sessions_app.models import PracticeSession
from tests.factories import RunFactory, SessionFactory
from tests.sessions_app.finished import finished_run
from tests.sessions_app.views.reading import page

pytestmark = pytest.mark.django_db(transaction=True)

PASSWORD = "a long and winding road"


@pytest.fixture
def recorded(owner: User) -> PracticeSession:
    session = finished_run(session__owner=owner, session__title="Bees").session
    session.media_filename = "bees.wav"
    session.media.save("recording", ContentFile(b"sound"), save=True)
    return session


def test_deleting_a_talk_asks_first(owner: User, browser: Client) -> None:
    session = finished_run(session__owner=owner).session
    assert "cannot be undone" in page(browser, "session_delete", session)
    assert PracticeSession.objects.filter(pk=session.pk).exists()
    response = browser.post(reverse("session_delete", args=[session.pk]), follow=True)
    assert "was deleted" in response.content.decode()
    assert not PracticeSession.objects.filter(pk=session.pk).exists()


def test_a_recording_goes_and_its_report_stays(recorded: PracticeSession, browser: Client) -> None:
    name = str(recorded.media.name)
    assert "The report stays" in page(browser, "recording_delete", recorded)
    assert default_storage.exists(name)
    response = browser.post(reverse("recording_delete", args=[recorded.pk]), follow=True)
    html = response.content.decode()
    assert "The recording was deleted." in html
    assert 'id="player"' not in html
    assert "A calm start." in html
    assert not default_storage.exists(name)


def test_a_talk_that_is_being_processed_keeps_its_recording(owner: User, browser: Client) -> None:
    session = RunFactory.create(session__owner=owner).session
    session.media.save("recording", ContentFile(b"sound"), save=True)
    response = browser.post(reverse("recording_delete", args=[session.pk]), follow=True)
    assert "being processed" in response.content.decode()
    assert default_storage.exists(str(session.media.name))


def test_without_a_recording_there_is_nothing_to_ask(owner: User, browser: Client) -> None:
    session = finished_run(session__owner=owner).session
    for send in (browser.get, browser.post):
        response = send(reverse("recording_delete", args=[session.pk]))
        assert response.headers["Location"] == session.get_absolute_url()


def test_the_recordings_of_others_are_not_there(recorded: PracticeSession, client: Client) -> None:
    client.force_login(SessionFactory.create().owner)
    url = reverse("recording_delete", args=[recorded.pk])
    assert client.post(url).status_code == 404
    assert default_storage.exists(str(recorded.media.name))


def with_password(owner: User) -> Client:
    owner.set_password(PASSWORD)
    owner.save()
    client = Client()
    client.force_login(owner)
    return client


def test_an_account_is_deleted_by_its_password(owner: User, recorded: PracticeSession) -> None:
    browser, key = with_password(owner), owner.pk
    html = browser.get(reverse("account_delete")).content.decode()
    assert "1 talk with its transcripts" in html
    response = browser.post(reverse("account_delete"), {"password": PASSWORD})
    assert response.headers["Location"] == reverse("account_login")
    assert response.headers["Clear-Site-Data"] == '"cache"'
    html = browser.get(reverse("account_login")).content.decode()
    assert f'data-erased="{key}">Your account and everything in it were deleted.' in html
    assert not User.objects.exists()
    assert not PracticeSession.objects.exists()
    assert not default_storage.exists(str(recorded.media.name))
    assert browser.get(reverse("account")).status_code == 302


@pytest.mark.parametrize("data", [{"password": "wrong"}, {}])
def test_without_the_password_nothing_happens(data: dict[str, str], owner: User) -> None:
    browser = with_password(owner)
    response = browser.post(reverse("account_delete"), data)
    assert response.status_code == 422
    assert User.objects.get().is_active


def test_guessing_at_the_password_is_soon_over(owner: User) -> None:
    browser = with_password(owner)
    for guess in range(8):
        browser.post(reverse("account_delete"), {"password": f"guess {guess}"})
    response = browser.post(reverse("account_delete"), {"password": PASSWORD})
    assert response.status_code == 422
    assert User.objects.exists()


def test_who_has_no_password_types_the_address(owner: User, browser: Client) -> None:
    browser.post(reverse("account_delete"), {"email": "other@example.com"})
    assert User.objects.exists()
    browser.post(reverse("account_delete"), {"email": owner.email})
    assert not User.objects.exists()
