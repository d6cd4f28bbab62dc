from __future__ import annotations

from typing import Any

import pytest
from django import forms
from pytest_django import Settings

from accounts_app.forms import AddEmailForm, AddressEraseForm, ChoicesForm, erase_form
from accounts_app.models import User
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def choices(form: ChoicesForm, name: str) -> dict[Any, str]:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    return {value: str(text) for value, text in field.choices}  # type: ignore[misc, union-attr]


def test_without_a_limit_recordings_may_stay(settings: Settings) -> None:
    settings.MEDIA_RETENTION_DAYS = 0
    offered = choices(ChoicesForm(user=UserFactory.create()), "media_retention_days")
    assert list(offered) == ["", 7, 30, 90, 365]
    assert offered[""] == "until I delete them"
    assert offered[7] == "for 7 days"


def test_the_limit_of_the_server_is_the_longest(settings: Settings) -> None:
    settings.MEDIA_RETENTION_DAYS = 60
    offered = choices(ChoicesForm(user=UserFactory.create()), "media_retention_days")
    assert list(offered) == ["", 7, 30]
    assert offered[""] == "for 60 days, as this server does"


def test_an_earlier_choice_stays_one(settings: Settings) -> None:
    settings.MEDIA_RETENTION_DAYS = 0
    form = ChoicesForm(user=UserFactory.create(media_retention_days=14))
    assert 14 in choices(form, "media_retention_days")
    assert form.initial["media_retention_days"] == 14


@pytest.mark.parametrize("days", ["365", "12", "-7", "x"])
def test_no_longer_time_can_be_sent(days: str, settings: Settings) -> None:
    settings.MEDIA_RETENTION_DAYS = 60
    data = {"media_retention_days": days}
    assert not ChoicesForm(data, user=UserFactory.create()).is_valid()


def test_what_is_left_out_is_what_the_server_and_the_browser_say() -> None:
    form = ChoicesForm({}, user=UserFactory.create())
    assert form.is_valid()
    expected = {"language": "", "media_retention_days": None, "mail_when_done": False}
    assert form.cleaned_data == expected


def test_languages_are_those_of_the_pages() -> None:
    user = UserFactory.create()
    assert ChoicesForm({"language": "de"}, user=user).is_valid()
    assert not ChoicesForm({"language": "tlh"}, user=user).is_valid()


def test_the_address_of_another_account_is_not_taken() -> None:
    user, other = UserFactory.create(), UserFactory.create()
    assert not AddEmailForm(user=user, data={"email": other.email.upper()}).is_valid()
    assert AddEmailForm(user=user, data={"email": "new@example.com"}).is_valid()


def test_who_has_no_password_types_the_address() -> None:
    user = User.objects.create_user("ana@example.org")
    assert isinstance(erase_form(user), AddressEraseForm)
    assert erase_form(user, {"email": "Ana@Example.org"}).is_valid()
    assert not erase_form(user, {"email": "ben@example.org"}).is_valid()
