from __future__ import annotations

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts_app.models import User

pytestmark = pytest.mark.django_db

PASSWORD = "a long and winding road"


@pytest.mark.parametrize(("asked", "kept"), [("de-CH,de;q=0.9", "de"), ("fr", "en")])
def test_an_account_keeps_the_language_it_was_made_in(asked: str, kept: str) -> None:
    data = {"email": "new@example.com", "password1": PASSWORD, "password2": PASSWORD}
    Client(headers={"Accept-Language": asked}).post(reverse("account_signup"), data)
    assert User.objects.get().language == kept


@pytest.mark.parametrize("address", ["new@example.com", "nobody@example.com"])
def test_a_lost_password_is_answered_in_the_language_of_the_page(address: str) -> None:
    User.objects.create_user("new@example.com", PASSWORD)
    german = Client(headers={"Accept-Language": "de"})
    german.post(reverse("account_reset_password"), {"email": address})
    assert str(mail.outbox[0].body).startswith("Jemand, wahrscheinlich du,")
