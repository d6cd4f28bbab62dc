from __future__ import annotations

import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from accounts_app.models import User

pytestmark = pytest.mark.django_db

PASSWORD = "a long and winding road"


def invited(email: str) -> str:
    """The path of the link."""
    out = StringIO()
    call_command("invite", email, stdout=out)
    link = re.search(r"https://coach\.example\.com(/\S+)", out.getvalue())
    assert link is not None
    return link[1]


@pytest.fixture(autouse=True)
def closed(settings: Settings) -> None:
    settings.SIGNUP_OPEN = False
    settings.SITE_URL = "https://coach.example.com"


def choose_password(link: str) -> None:
    browser = Client()
    form = browser.get(link, follow=True).redirect_chain[-1][0]
    browser.post(form, {"password1": PASSWORD, "password2": PASSWORD})


def sign_in(email: str) -> int:
    """The status of the first page after it."""
    browser = Client()
    browser.post(reverse("account_login"), {"login": email, "password": PASSWORD})
    return browser.get(reverse("session_new")).status_code


def test_who_is_invited_chooses_a_password_and_comes_in() -> None:
    link = invited("Ana@Example.com")
    assert sign_in("ana@example.com") == 302
    choose_password(link)
    assert sign_in("ana@example.com") == 200
    assert not User.objects.get().is_staff


def test_a_link_is_good_once() -> None:
    link = invited("ana@example.com")
    choose_password(link)
    page = Client().get(link, follow=True).content.decode()
    assert 'name="password1"' not in page


def test_a_link_that_was_lost_is_made_anew() -> None:
    invited("ana@example.com")
    choose_password(invited("ana@example.com"))
    assert sign_in("ana@example.com") == 200
    assert User.objects.count() == 1


@pytest.mark.parametrize("fields", [{"password": PASSWORD}, {"is_active": False}])
def test_who_is_here_or_was_shut_out_is_not_invited(fields: dict[str, object]) -> None:
    User.objects.create_user("ana@example.com", **fields)  # type: ignore[arg-type]
    with pytest.raises(CommandError, match="has an account"):
        invited("ana@example.com")


def test_what_is_no_address_is_said() -> None:
    with pytest.raises(CommandError, match="no e-mail address"):
        invited("ana")
    assert not User.objects.exists()
