from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from accounts_app.models import User
from tests.factories import RunFactory, SessionFactory, UserFactory
from tests.sessions_app.finished import finished_run

pytestmark = pytest.mark.django_db

PAGES = [
    "session_detail",
    "session_status",
    "session_speaker",
    "session_delete",
    "session_media",
    "report_json",
]
BUTTONS = ["run_cancel", "run_retry", "session_reprocess"]


@pytest.mark.parametrize("name", [*PAGES, *BUTTONS])
@pytest.mark.parametrize("staff", [False, True])
def test_talks_of_others_do_not_exist(name: str, staff: bool) -> None:
    session = finished_run().session
    stranger = Client()
    stranger.force_login(UserFactory.create(is_staff=staff))
    send = stranger.post if name in BUTTONS else stranger.get
    assert send(reverse(name, args=[session.pk])).status_code == 404
    assert send(reverse(name, args=[uuid4()])).status_code == 404


@pytest.mark.parametrize("name", [*PAGES, *BUTTONS])
def test_signing_in_comes_first(client: Client, name: str) -> None:
    url = reverse(name, args=[SessionFactory.create().pk])
    response = client.post(url) if name in BUTTONS else client.get(url)
    assert response.status_code == 302
    assert response.headers["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("name", BUTTONS)
def test_changes_need_a_post_with_a_token(owner: User, browser: Client, name: str) -> None:
    url = reverse(name, args=[RunFactory.create(session__owner=owner).session.pk])
    assert browser.get(url).status_code == 405
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(owner)
    assert strict.post(url).status_code == 403
