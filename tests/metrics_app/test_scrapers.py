from __future__ import annotations

from collections.abc import Mapping

import pytest
from django.test import Client
from pytest_django import Settings

from metrics_app.tokens import create_token
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

ELSEWHERE = "192.0.2.7"


def status(
    headers: Mapping[str, str] = {}, *, address: str = ELSEWHERE, browser: Client | None = None
) -> int:
    response = (browser or Client()).get("/metrics", REMOTE_ADDR=address, headers=headers)
    return response.status_code


def bearing(token: str) -> int:
    return status({"Authorization": token})


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "::ffff:127.0.0.1"])
def test_this_machine_needs_no_token(address: str) -> None:
    assert status(address=address) == 200


@pytest.mark.parametrize("address", [ELSEWHERE, "10.0.0.7", "2001:db8::1", "", "unix:"])
def test_others_do(address: str) -> None:
    assert status(address=address) == 401


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("X-Forwarded-For", "127.0.0.1"),
        ("X-Forwarded-Host", "coach.example.com"),
        ("X-Forwarded-Proto", "https"),
        ("X-Forwarded-Port", "443"),
        ("X-Forwarded-Server", "front"),
        ("Forwarded", "for=127.0.0.1"),
        ("X-Real-IP", "127.0.0.1"),
        ("Via", "1.1 front"),
    ],
)
def test_what_a_proxy_passes_on_is_not_of_this_machine(header: str, said: str) -> None:
    assert status({header: said}, address="127.0.0.1") == 401


def test_an_operator_opens_it_to_networks(settings: Settings) -> None:
    settings.METRICS_OPEN_TO = ["192.0.2.0/24"]
    assert status(address=ELSEWHERE) == 200
    assert status(address="198.51.100.1") == 401
    assert status(address="127.0.0.1") == 401


def test_an_operator_closes_it(settings: Settings) -> None:
    settings.METRICS_OPEN_TO = []
    assert status(address="127.0.0.1") == 401


def test_a_token_of_staff_opens_it() -> None:
    token = create_token(user=UserFactory.create(is_staff=True), name="prometheus")
    assert bearing(f"Bearer {token}") == 200
    assert bearing(f"bearer {token}") == 200
    assert bearing(f"Bearer {token}x") == 401
    assert bearing(token) == 401


def test_a_token_of_somebody_else_does_not() -> None:
    token = create_token(user=UserFactory.create(), name="prometheus")
    assert bearing(f"Bearer {token}") == 401


def test_staff_may_look_at_it() -> None:
    browser = Client()
    browser.force_login(UserFactory.create())
    assert status(browser=browser) == 401
    browser.force_login(UserFactory.create(is_staff=True))
    assert status(browser=browser) == 200
