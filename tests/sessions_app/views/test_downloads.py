from __future__ import annotations

import pytest
from django.core.cache import cache
from django.db import connection
from django.http import StreamingHttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts_app.models import User
from tests.factories import SessionFactory
from tests.sessions_app.exports.unpacked import contents

pytestmark = pytest.mark.django_db(transaction=True)  # the end of a response closes the connection


def download(browser: Client) -> StreamingHttpResponse:
    response = browser.get(reverse("account_export"))
    assert isinstance(response, StreamingHttpResponse)
    return response


def test_one_is_sent_at_a_time(owner: User, browser: Client) -> None:
    first = download(browser)
    second = browser.get(reverse("account_export"), follow=True)
    assert "Another download of yours is under way." in second.content.decode()
    assert "README.txt" in contents(first.getvalue())
    assert "README.txt" in contents(download(browser).getvalue())


def test_a_download_broken_off_makes_room_for_the_next(owner: User, browser: Client) -> None:
    first = download(browser)
    next(iter(first))
    first.close()
    assert "README.txt" in contents(download(browser).getvalue())


def test_others_do_not_wait(owner: User, browser: Client) -> None:
    first = download(browser)
    other = Client()
    other.force_login(SessionFactory.create().owner)
    assert "account.json" in contents(download(other).getvalue())
    first.close()


def test_the_head_is_cheap(owner: User, browser: Client) -> None:
    for _ in range(20):
        SessionFactory.create(owner=owner)
    with CaptureQueriesContext(connection) as asked:
        response = browser.head(reverse("account_export"))
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/zip"
    assert "Content-Length" not in response.headers
    assert len(asked) <= 2
    assert cache.get(f"zip-{owner.pk}") is None
