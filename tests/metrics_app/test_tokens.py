from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from metrics_app.models import ApiToken
from metrics_app.tokens import create_token, user_of
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def test_a_token_is_known_by_its_hash_only() -> None:
    user = UserFactory.create(is_staff=True)
    token = create_token(user=user, name="grafana")
    (row,) = ApiToken.objects.values()
    assert not [value for value in row.values() if token in str(value)]
    assert user_of(token) == user


def test_no_two_tokens_are_alike() -> None:
    user = UserFactory.create()
    made = {create_token(user=user, name="same") for _ in range(20)}
    assert len(made) == 20
    assert all(len(token) >= 43 for token in made)


@pytest.mark.parametrize("wrong", ["", "sc_", "sc_" + "a" * 43, "\0", "ü"])
def test_nobody_has_a_token_that_was_never_made(wrong: str) -> None:
    create_token(user=UserFactory.create(), name="grafana")
    assert user_of(wrong) is None


def test_a_hash_opens_nothing() -> None:
    create_token(user=UserFactory.create(), name="grafana")
    assert user_of(ApiToken.objects.get().digest) is None


def test_who_may_not_sign_in_has_no_token() -> None:
    user = UserFactory.create()
    token = create_token(user=user, name="grafana")
    type(user).objects.update(is_active=False)
    assert user_of(token) is None


def test_tokens_go_with_their_person() -> None:
    user = UserFactory.create()
    create_token(user=user, name="grafana")
    user.delete()
    assert not ApiToken.objects.exists()


def test_its_use_is_noted_once_a_minute() -> None:
    token = create_token(user=UserFactory.create(), name="grafana")
    assert ApiToken.objects.get().last_used_at is None
    begun = timezone.now()
    noted = []
    for seconds in (0, 59, 61):
        with time_machine.travel(begun + timedelta(seconds=seconds), tick=False):
            user_of(token)
        noted.append(ApiToken.objects.get().last_used_at)
    assert noted == [begun, begun, begun + timedelta(seconds=61)]
