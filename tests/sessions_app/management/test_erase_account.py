from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts_app.models import User
from tests.factories import SessionFactory

pytestmark = pytest.mark.django_db


def erase(*arguments: str) -> str:
    out = StringIO()
    call_command("erase_account", *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def ana() -> User:
    user = User.objects.create_user("ana@example.org")
    SessionFactory.create(owner=user)
    return user


def test_an_account_is_erased_once_its_address_was_typed_twice(
    ana: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("builtins.input", lambda question: "ana@example.org ")
    assert "ana@example.org and 1 talks were erased." in erase("Ana@example.org")
    assert not User.objects.exists()


def test_another_answer_erases_nothing(ana: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("builtins.input", lambda question: "yes")
    with pytest.raises(CommandError, match="Nothing"):
        erase("ana@example.org")
    assert User.objects.exists()


def test_scripts_are_not_asked(ana: User) -> None:
    erase("ana@example.org", "--yes")
    assert not User.objects.exists()


def test_an_address_nobody_has_is_said() -> None:
    with pytest.raises(CommandError, match="no account"):
        erase("nobody@example.org", "--yes")
