from __future__ import annotations

from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts_app.models import User
from sessions_app.display.progress.measures import MEASURES, PARTS
from sessions_app.stages.outputs import TextSource
from tests.sessions_app.attempts import attempt
from tests.sessions_app.progressing import LONG, talks, with_fillers

pytestmark = pytest.mark.django_db


def page(browser: Client, **query: str) -> str:
    response = browser.get(reverse("progress"), query)
    assert response.status_code == 200
    return response.content.decode()


def test_it_is_for_those_who_are_signed_in() -> None:
    assert Client().get(reverse("progress")).status_code == 302


def test_before_the_first_report_it_says_what_it_will_show(browser: Client) -> None:
    html = page(browser)
    assert "No reports yet" in html
    assert reverse("session_new") in html
    assert "<form id" not in html


def test_every_number_leads_to_where_it_comes_from(owner: User, browser: Client) -> None:
    made = talks(owner, with_fillers(5.0, 4.0), coached=True)
    html = page(browser)
    for talk in made:
        numbers = reverse("session_numbers", args=[talk.pk])
        for key in ("score-overall", "wpm", "fillers-per-minute", "pauses-long", "score-pauses"):
            assert f'"{numbers}#{key}"' in html
    assert f"{reverse('session_numbers', args=[made[0].pk])}#goal" in html


def test_the_sentence_tells_a_clear_change(owner: User, browser: Client) -> None:
    talks(owner, with_fillers(6.5, 5.9, 6.2, 3.0, 3.3, 3.2))
    html = page(browser)
    assert "Fillers per minute went down: on average 6.2 in the first 3" in html
    assert "Better" in html
    assert "No clear change" in html


def test_others_talks_are_nowhere(owner: User, browser: Client) -> None:
    talks(owner, [LONG] * 3)
    talks(owner.__class__.objects.create_user("other@example.com"), [LONG], title="Not mine")
    assert "Not mine" not in page(browser)


def test_what_is_left_out_is_said(owner: User, browser: Client) -> None:
    talks(owner, [LONG])
    talks(owner, [LONG] * 2, source=TextSource.DRAFT)
    talks(owner, [replace(LONG, formula_version="1")])
    html = page(browser)
    assert "2 talks are left out: their words are rough drafts" in html
    assert "1 talk is left out: it was measured by earlier formulas" in html


def test_only_drafts_are_nothing_to_compare(owner: User, browser: Client) -> None:
    talks(owner, [LONG] * 4, source=TextSource.DRAFT)
    html = page(browser)
    assert "No talk matches" in html
    assert "4 talks are left out" in html


def test_one_language_at_a_time_that_of_the_newest_first(owner: User, browser: Client) -> None:
    talks(owner, [LONG] * 2, language="de", title="auf Deutsch")
    talks(owner, [LONG] * 2, title="in English", language="en")
    html = page(browser, language="de")
    assert "auf Deutsch" in html
    assert "in English" not in html


def test_a_filter_that_is_wrong_is_named(owner: User, browser: Client) -> None:
    talks(owner, [LONG])
    html = page(browser, since="soon", kind="opera")
    assert "Since: Enter a valid date" in html
    assert "Kind of talk: Select a valid choice" in html


def test_htmx_gets_a_tidy_address(owner: User, browser: Client) -> None:
    talks(owner, [LONG])
    headers = {"HX-Request": "true", "HX-Trigger": "filters"}
    response = browser.get("/progress/?kind=&last=10&since=", headers=headers)
    assert response.headers["HX-Push-Url"] == "/progress/?last=10"


def test_a_thousand_talks_take_few_queries(
    owner: User, browser: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    talks(owner, with_fillers(*(at % 9 for at in range(1_000))), coached=True)
    with django_assert_max_num_queries(6):
        html = page(browser, last="100")
    assert "The newest 100 of 1000 talks" in html


def test_every_followed_measure_is_explained_on_the_page_of_numbers(
    owner: User, browser: Client
) -> None:
    run = attempt(owner)
    html = browser.get(reverse("session_numbers", args=[run.session.pk])).content.decode()
    unread = {"score-structure"}  # without an AI there is no such score
    for measure in (*MEASURES, *PARTS):
        assert (f'id="{measure.key}"' in html) is (measure.key not in unread)
