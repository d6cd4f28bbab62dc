from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts_app.models import User
from sessions_app.models import RunState, SessionRun
from tests.factories import RunFactory, SessionFactory
from tests.sessions_app.finished import finished_run
from tests.sessions_app.progressing import LONG, talks

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


def page(browser: Client, **query: str | int) -> str:
    response = browser.get(reverse("session_list"), query)
    assert response.status_code == 200
    return response.content.decode()


def test_an_empty_list_invites(browser: Client) -> None:
    html = page(browser)
    assert "Bring your first talk" in html
    assert reverse("session_new") in html
    assert 'id="filters"' not in html


def test_the_list_shows_own_talks_with_their_figures(owner: User, browser: Client) -> None:
    finished_run(session__owner=owner, session__title="Mine")
    SessionFactory.create(title="Not mine")
    html = page(browser)
    assert "Mine" in html
    assert "Not mine" not in html
    assert ">90<" in html
    assert ">42.9<" in html


def test_a_list_of_a_thousand_talks_takes_few_queries(
    owner: User, browser: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    talks(owner, [LONG] * 999, prompt="Tell us about bees")
    RunFactory.create(session__owner=owner)
    with django_assert_max_num_queries(5):
        html = page(browser)
    assert html.count("<tr>") == 1 + 20
    assert "Page 1 of 50" in html
    with django_assert_max_num_queries(6):
        html = page(browser, q="bees", kind="presentation", sort="score", page=3)
    assert "999 talks, page 3 of 50" in html


def test_the_second_page_has_the_rest_and_keeps_the_filters(owner: User, browser: Client) -> None:
    for _ in range(21):
        SessionFactory.create(owner=owner, kind="pitch", title="Bees & hens")
    SessionFactory.create(owner=owner, kind="interview")
    html = page(browser, page=2, q="bees", kind="pitch")
    assert html.count("<tr>") == 1 + 1
    assert '<a id="page-back" rel="prev" href="?page=1&amp;q=bees&amp;kind=pitch"' in html


def test_a_page_beyond_the_last_is_the_last(owner: User, browser: Client) -> None:
    SessionFactory.create(owner=owner)
    assert page(browser, page=9).count("<tr>") == 1 + 1


def test_the_filters_are_a_form_of_their_own_and_show_what_was_chosen(
    owner: User, browser: Client
) -> None:
    SessionFactory.create(owner=owner, title="Bees", kind="pitch")
    html = page(browser, q="bees", kind="pitch")
    assert 'method="get"' in html
    assert 'value="bees"' in html
    assert '<option value="pitch" selected>' in html
    assert "<details open>" in html
    assert "<details>" in page(browser, q="bees")


def test_nothing_that_matches_is_not_no_talks(owner: User, browser: Client) -> None:
    SessionFactory.create(owner=owner)
    html = page(browser, q="nowhere")
    assert "No talk matches" in html
    assert "Bring your first talk" not in html
    assert 'value="nowhere"' in html


def test_a_filter_that_is_wrong_is_named_and_filters_nothing(owner: User, browser: Client) -> None:
    SessionFactory.create(owner=owner, title="Bees")
    html = page(browser, kind="opera", **{"from": "soon"})
    assert "Kind of talk: Select a valid choice" in html
    assert "From: Enter a valid date." in html
    assert "Bees" in html


def test_what_is_searched_for_is_escaped(owner: User, browser: Client) -> None:
    SessionFactory.create(owner=owner)
    assert "<script>alert" not in page(browser, q="<script>alert(1)</script>")


def test_htmx_gets_the_table_the_count_and_a_tidy_address(owner: User, browser: Client) -> None:
    SessionFactory.create(owner=owner, title="Bees")
    response = browser.get("/?q=bees&kind=", headers=HTMX | {"HX-Trigger": "filters"})
    html = response.content.decode()
    assert "<html" not in html
    assert html.lstrip().startswith('<div id="talks"')
    assert '<p id="found" hx-swap-oob="innerHTML">1 talk' in html
    assert response.headers["HX-Push-Url"] == "/?q=bees"
    assert "HX-Request" in response.headers["Vary"]


def test_going_back_gets_a_whole_page(owner: User, browser: Client) -> None:
    SessionFactory.create(owner=owner)
    response = browser.get("/", headers=HTMX | {"HX-History-Restore-Request": "true"})
    assert "<html" in response.content.decode()


def polled(browser: Client, version: str) -> int:
    headers = HTMX | {"HX-Trigger": "talks", "If-None-Match": f'"{version}"'}
    return browser.get("/", headers=headers).status_code


def test_only_a_list_with_work_going_on_asks_again_and_mostly_gets_nothing(
    owner: User, browser: Client
) -> None:
    run = RunFactory.create(session__owner=owner)
    html = page(browser)
    found = re.search(r'"If-None-Match": "\\"(\w+)\\""', html)
    assert found
    assert polled(browser, found[1]) == 304
    SessionRun.objects.filter(pk=run.pk).update(state=RunState.COMPLETED)
    assert polled(browser, found[1]) == 200
    assert "every 5s" not in page(browser)


def test_asking_again_says_nothing_to_screen_readers(owner: User, browser: Client) -> None:
    RunFactory.create(session__owner=owner)
    response = browser.get("/", headers=HTMX | {"HX-Trigger": "talks"})
    assert 'id="found"' not in response.content.decode()
    assert "HX-Push-Url" not in response.headers
