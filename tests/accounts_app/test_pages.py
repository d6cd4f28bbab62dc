from __future__ import annotations

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from accounts_app.models import User
from tests.factories import PASSWORD as FACTORY_PASSWORD
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

PASSWORD = "a long and winding road"


def test_a_person_signs_up_and_can_bring_a_talk_at_once(client: Client) -> None:
    data = {"email": "new@example.com", "password1": PASSWORD, "password2": PASSWORD}
    response = client.post(reverse("account_signup"), data)
    assert response.headers["Location"] == reverse("session_new")
    assert client.get(reverse("session_new")).status_code == 200
    assert User.objects.filter(email="new@example.com").exists()


def test_a_closed_sign_up_says_so_and_makes_no_account(client: Client, settings: Settings) -> None:
    settings.SIGNUP_OPEN = False
    url = reverse("account_signup")
    assert "Sign-up is closed" in client.get(url).content.decode()
    client.post(url, {"email": "a@example.com", "password1": PASSWORD, "password2": PASSWORD})
    assert not User.objects.exists()


def test_a_wrong_password_is_answered_on_the_page(client: Client) -> None:
    user = UserFactory.create()
    data = {"login": user.email, "password": "wrong"}
    response = client.post(reverse("account_login"), data)
    assert "not correct" in response.content.decode()
    assert 'role="alert"' in response.content.decode()


def test_signing_out_takes_a_post(client: Client) -> None:
    client.force_login(UserFactory.create())
    assert "Sign out?" in client.get(reverse("account_logout")).content.decode()
    client.post(reverse("account_logout"))
    assert client.get(reverse("session_list")).status_code == 302


def test_a_forgotten_password_is_replaced_by_mail(client: Client) -> None:
    user = UserFactory.create()
    response = client.post(reverse("account_reset_password"), {"email": user.email}, follow=True)
    assert "Look into your mail" in response.content.decode()
    link = re.search(r"https?://[^/]+(\S+)", str(mail.outbox[0].body))
    assert link is not None
    page = client.get(link[1], follow=True)
    assert "Choose a new password" in page.content.decode()
    form = page.redirect_chain[-1][0]
    client.post(form, {"password1": PASSWORD, "password2": PASSWORD})
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


@pytest.mark.parametrize(
    "name", ["account_login", "account_signup", "account_reset_password", "account_change_password"]
)
def test_account_pages_wear_the_design_of_the_rest(client: Client, name: str) -> None:
    if name == "account_change_password":
        client.force_login(UserFactory.create())
    html = client.get(reverse(name)).content.decode()
    assert 'class="form card"' in html
    assert 'class="skip"' in html


def signed_in(client: Client) -> User:
    """By password, some time ago: another address asks for it again."""
    user: User = UserFactory.create()
    client.force_login(user)
    return user


def test_another_address_takes_the_password_and_then_signs_in(client: Client) -> None:
    user = signed_in(client)
    form = {"email": "Other@example.com", "action_add": ""}
    asked = client.post(reverse("account_email"), form)
    assert asked.headers["Location"].startswith(reverse("account_reauthenticate"))
    client.post(
        asked.headers["Location"], {"password": FACTORY_PASSWORD, "next": reverse("account_email")}
    )
    html = client.get(reverse("account_email")).content.decode()
    assert "other@example.com" in html
    assert [message.to for message in mail.outbox] == [["other@example.com"]]
    client.post(reverse("account_email"), {"email": "other@example.com", "action_primary": ""})
    user.refresh_from_db()
    assert user.email == "other@example.com"
    assert "you sign in with this one" in client.get(reverse("account_email")).content.decode()


def test_the_address_of_another_account_is_refused(client: Client) -> None:
    other = UserFactory.create()
    signed_in(client)
    response = client.post(reverse("account_email"), {"email": other.email, "action_add": ""})
    assert 'role="alert"' in response.content.decode()
    assert mail.outbox == []


def wrong_password(client: Client, email: str, forwarded_for: str) -> int:
    headers = {"X-Forwarded-For": forwarded_for}
    data = {"login": email, "password": "wrong"}
    return client.post(reverse("account_login"), data, headers=headers).status_code


def test_behind_a_proxy_one_persons_attempts_are_not_anothers(
    client: Client, settings: Settings
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    attempts = [wrong_password(client, f"a{n}@example.com", "192.0.2.1") for n in range(40)]
    assert 429 in attempts
    assert wrong_password(client, "b@example.com", "192.0.2.2") == 200


def test_without_a_proxy_what_a_browser_says_of_its_address_is_not_believed(
    client: Client,
) -> None:
    attempts = [wrong_password(client, f"a{n}@example.com", f"192.0.2.{n}") for n in range(40)]
    assert 429 in attempts
