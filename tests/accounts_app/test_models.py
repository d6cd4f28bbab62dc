from __future__ import annotations

import pytest
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from accounts_app.models import User

pytestmark = pytest.mark.django_db


def test_signs_in_by_address_and_password() -> None:
    person = User.objects.create_user("ana@example.org", "correct horse battery")
    assert authenticate(email="ana@example.org", password="correct horse battery") == person
    assert authenticate(email="ana@example.org", password="wrong") is None


def test_two_spellings_of_an_address_are_one_account() -> None:
    ana = User.objects.create_user("Ana@EXAMPLE.org", "correct horse battery")
    assert ana.email == "ana@example.org"
    assert User.objects.get_by_natural_key("ANA@example.org") == ana
    assert authenticate(email="Ana@Example.org", password="correct horse battery") == ana
    with pytest.raises(ValidationError):
        User(email="ANA@example.org", password="x").full_clean()


def test_needs_an_address() -> None:
    with pytest.raises(ValueError, match="address"):
        User.objects.create_user("")


def test_one_account_per_address() -> None:
    User.objects.create_user("ana@example.org")
    with pytest.raises(IntegrityError):
        User.objects.create_user("ana@example.org")


def test_without_a_password_nobody_gets_in() -> None:
    assert not User.objects.create_user("ana@example.org").has_usable_password()


def test_is_addressed_by_name_else_by_address() -> None:
    assert str(User(email="ana@example.org")) == "ana@example.org"
    assert str(User(email="ana@example.org", first_name="Ana", last_name="Lima")) == "Ana Lima"


def test_a_superuser_may_enter_the_admin() -> None:
    chief = User.objects.create_superuser("chief@example.org")
    assert chief.is_staff
    assert chief.is_superuser
