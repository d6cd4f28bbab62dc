from __future__ import annotations

import json
import re

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from accounts_app.models import User
from tests.factories import SessionFactory
from tests.sessions_app.exports.unpacked import contents
from tests.sessions_app.finished import finished_run
from tests.sessions_app.second_reading import configure

pytestmark = pytest.mark.django_db

ACCOUNT = "/account/"


def page(browser: Client) -> str:
    response = browser.get(ACCOUNT)
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "private, no-store"
    return re.sub(r"[ \n]+", " ", response.content.decode())


def test_the_page_says_what_is_kept(owner: User, browser: Client, settings: Settings) -> None:
    settings.USER_QUOTA_MB = 100
    SessionFactory.create(owner=owner, media="sessions/a/recording", media_bytes=25 * 1024 * 1024)
    SessionFactory.create(owner=owner)
    html = page(browser)
    assert owner.email in html
    assert "2 talks, 1 recording: 25.0\xa0MB of 100.0\xa0MB." in html
    assert 'width="25%"' in html


def test_it_says_that_nothing_leaves_the_server(browser: Client) -> None:
    assert "Nothing leaves this server" in page(browser)


def test_it_says_what_is_sent_where(browser: Client, settings: Settings) -> None:
    configure(settings)
    assert "What leaves this server" in page(browser)


@pytest.mark.parametrize(
    ("server", "own", "told"),
    [
        (0, None, "Recordings stay until you delete them."),
        (60, None, "Recordings go 60 days after their upload."),
        (60, 7, "Recordings go 7 days after their upload."),
    ],
)
def test_it_says_how_long_recordings_stay(
    server: int, own: int | None, told: str, browser: Client, settings: Settings
) -> None:
    settings.MEDIA_RETENTION_DAYS = server
    User.objects.update(media_retention_days=own)
    assert told in page(browser)


def test_choices_are_saved(owner: User, browser: Client) -> None:
    data = {"language": "en", "media_retention_days": "30", "mail_when_done": "on"}
    response = browser.post(ACCOUNT, data, follow=True)
    assert "Your choices are saved." in response.content.decode()
    owner.refresh_from_db()
    assert (owner.language, owner.media_retention_days, owner.mail_when_done) == ("en", 30, True)


def test_a_choice_that_is_none_is_answered_on_the_page(owner: User, browser: Client) -> None:
    response = browser.post(ACCOUNT, {"media_retention_days": "3000"})
    assert response.status_code == 422
    assert 'role="alert"' in response.content.decode()
    owner.refresh_from_db()
    assert owner.media_retention_days is None


def test_a_server_without_mail_says_so(browser: Client, settings: Settings) -> None:
    assert "sends no mail yet" not in page(browser)
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    assert "sends no mail yet" in page(browser)


def test_everything_is_downloaded_in_one_zip(owner: User, browser: Client) -> None:
    run = finished_run(session__owner=owner, session__title="Mine")
    run.session.media.save("recording", ContentFile(b"sound"), save=False)
    run.session.media_filename = "mine.wav"
    run.session.save()
    finished_run(session__title="Not mine")
    response = browser.get(reverse("account_export"))
    assert response.headers["Content-Type"] == "application/zip"
    assert response.headers["Cache-Control"] == "private, no-store"
    assert 'filename="speech-coach-' in response.headers["Content-Disposition"]
    files = contents(response.getvalue())
    assert files[f"{run.session.created_at:%Y-%m-%d}-Mine/mine.wav"] == b"sound"
    assert b"Not mine" not in b"".join(files.values())
    assert json.loads(files["account.json"])["account"]["email"] == owner.email


@pytest.mark.parametrize("name", ["account", "account_export", "account_delete"])
def test_strangers_sign_in_first(client: Client, name: str) -> None:
    response = client.get(reverse(name))
    assert response.status_code == 302
    assert response.headers["Location"].startswith(reverse("account_login"))
