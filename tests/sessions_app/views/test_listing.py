from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts_app.models import User
from tests.factories import RunFactory, SessionFactory
from tests.sessions_app.finished import finished_run

pytestmark = pytest.mark.django_db


def test_an_empty_list_invites(browser: Client) -> None:
    html = browser.get(reverse("session_list")).content.decode()
    assert "Bring your first talk" in html
    assert reverse("session_new") in html


def test_the_list_shows_own_talks_with_their_figures(owner: User, browser: Client) -> None:
    finished_run(session__owner=owner, session__title="Mine")
    SessionFactory.create(title="Not mine")
    html = browser.get(reverse("session_list")).content.decode()
    assert "Mine" in html
    assert "Not mine" not in html
    assert ">90<" in html
    assert ">42.9<" in html


def test_a_list_of_any_length_takes_few_queries(
    owner: User, browser: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    finished_run(session__owner=owner)
    for _ in range(30):
        RunFactory.create(session__owner=owner)
    with django_assert_max_num_queries(5):
        html = browser.get(reverse("session_list")).content.decode()
    assert html.count("<tr>") == 1 + 20
    assert "Page 1 of 2" in html


def test_the_second_page_has_the_rest(owner: User, browser: Client) -> None:
    for _ in range(21):
        SessionFactory.create(owner=owner)
    html = browser.get(reverse("session_list"), {"page": 2}).content.decode()
    assert html.count("<tr>") == 1 + 1
