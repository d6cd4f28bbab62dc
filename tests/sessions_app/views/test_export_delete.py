from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from accounts_app.models import User
from sessions_app.models import (
    PracticeSession,
)
from tests.factories import RunFactory
from tests.sessions_app.finished import finished_run
from tests.sessions_app.views.reading import page

pytestmark = pytest.mark.django_db


def test_the_report_is_exported_as_an_attachment(owner: User, browser: Client) -> None:
    session = finished_run(session__owner=owner, session__title="My talk").session
    response = browser.get(reverse("report_json", args=[session.pk]))
    assert response.headers["Content-Disposition"] == 'attachment; filename="My-talk.json"'
    assert response.json()["session"]["id"] == str(session.pk)


def test_there_is_nothing_to_export_before_the_report(owner: User, browser: Client) -> None:
    session = RunFactory.create(session__owner=owner).session
    assert browser.get(reverse("report_json", args=[session.pk])).status_code == 404


def test_deleting_asks_first(owner: User, browser: Client) -> None:
    session = finished_run(session__owner=owner).session
    assert "cannot be undone" in page(browser, "session_delete", session)
    assert PracticeSession.objects.filter(pk=session.pk).exists()
    response = browser.post(reverse("session_delete", args=[session.pk]), follow=True)
    assert "was deleted" in response.content.decode()
    assert not PracticeSession.objects.filter(pk=session.pk).exists()
