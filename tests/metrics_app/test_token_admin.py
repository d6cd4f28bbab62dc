from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from metrics_app.models import ApiToken
from metrics_app.tokens import user_of
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

ADD = "admin:metrics_app_apitoken_add"
LIST = "admin:metrics_app_apitoken_changelist"


@pytest.fixture
def browser() -> Client:
    client = Client()
    client.force_login(UserFactory.create(is_staff=True, is_superuser=True))
    return client


def test_a_token_is_shown_once(browser: Client) -> None:
    staff = UserFactory.create(is_staff=True)
    fields = {"name": "grafana", "user": staff.pk}
    page = browser.post(reverse(ADD), fields, follow=True).content.decode()
    (token,) = re.findall(r"sc_[\w-]{43}", page)
    assert user_of(token) == staff
    assert token not in browser.get(reverse(LIST)).content.decode()


def test_only_staff_is_offered(browser: Client) -> None:
    speaker = UserFactory.create()
    assert speaker.email not in browser.get(reverse(ADD)).content.decode()
    browser.post(reverse(ADD), {"name": "grafana", "user": speaker.pk})
    assert not ApiToken.objects.exists()


def test_a_token_is_not_changed_but_deleted(browser: Client) -> None:
    staff = UserFactory.create(is_staff=True)
    browser.post(reverse(ADD), {"name": "grafana", "user": staff.pk})
    token = ApiToken.objects.get()
    change = reverse("admin:metrics_app_apitoken_change", args=[token.pk])
    assert browser.post(change, {"name": "other", "user": staff.pk}).status_code == 403
    delete = reverse("admin:metrics_app_apitoken_delete", args=[token.pk])
    browser.post(delete, {"post": "yes"})
    assert not ApiToken.objects.exists()
