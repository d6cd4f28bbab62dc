from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def test_a_visitor_reads_what_the_browser_asks_for() -> None:
    response = Client(headers={"Accept-Language": "de-AT,de;q=0.9"}).get(reverse("account_login"))
    assert '<html lang="de"' in response.content.decode()
    assert response.headers["Content-Language"] == "de"


def test_a_browser_with_another_language_gets_english() -> None:
    response = Client(headers={"Accept-Language": "fr"}).get(reverse("account_login"))
    assert '<html lang="en"' in response.content.decode()


def test_a_visitor_chooses_at_the_foot_of_the_page_and_stays_there() -> None:
    browser = Client(headers={"Accept-Language": "en"})
    login = reverse("account_login")
    page = browser.get(login).content.decode()
    assert f'action="{reverse("set_language")}"' in page
    chosen = browser.post(reverse("set_language"), {"language": "de", "next": login}, follow=True)
    assert chosen.redirect_chain == [(login, 302)]
    assert '<html lang="de"' in chosen.content.decode()
    assert '<html lang="de"' in browser.get(reverse("account_signup")).content.decode()


def test_what_a_person_chose_for_the_account_comes_first() -> None:
    browser = Client(headers={"Accept-Language": "en"})
    browser.force_login(UserFactory.create(language="de"))
    response = browser.get(reverse("session_list"))
    assert '<html lang="de"' in response.content.decode()
    assert response.headers["Content-Language"] == "de"


def test_who_chose_nothing_gets_the_browser_s_language() -> None:
    browser = Client(headers={"Accept-Language": "de"})
    browser.force_login(UserFactory.create())
    assert '<html lang="de"' in browser.get(reverse("session_list")).content.decode()


def test_a_choice_of_one_person_is_not_the_next_one_s() -> None:
    german, other = Client(headers={"Accept-Language": "en"}), Client()
    german.force_login(UserFactory.create(language="de"))
    german.get(reverse("session_list"))
    assert '<html lang="en"' in other.get(reverse("account_login")).content.decode()
