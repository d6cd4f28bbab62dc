from __future__ import annotations

from pathlib import Path

import pytest

from accounts_app.models import User
from sessions_app.demo import account
from tests.factories import UserFactory


def test_keeps_what_it_made_for_its_owner_alone(tmp_path: Path) -> None:
    made = account.make(tmp_path)
    assert account.read(tmp_path) == made
    assert (tmp_path / account.FILE).stat().st_mode & 0o777 == 0o600


def test_every_installation_has_its_own_password(tmp_path: Path) -> None:
    assert account.make(tmp_path).password != account.make(tmp_path).password


def test_there_is_none_before_it_is_made_or_after_it_is_forgotten(tmp_path: Path) -> None:
    assert account.read(tmp_path) is None
    account.make(tmp_path)
    account.forget(tmp_path)
    assert account.read(tmp_path) is None


def test_a_file_somebody_emptied_is_no_account(tmp_path: Path) -> None:
    (tmp_path / account.FILE).touch()
    assert account.read(tmp_path) is None


@pytest.mark.django_db
class TestIsWanted:
    def test_where_nobody_is(self) -> None:
        assert account.is_wanted()

    def test_where_it_is_in_use(self) -> None:
        UserFactory.create()
        UserFactory.create(email=account.EMAIL)
        assert account.is_wanted()

    def test_not_among_others_alone(self) -> None:
        UserFactory.create()
        assert not account.is_wanted()

    def test_not_where_it_was_deactivated(self) -> None:
        UserFactory.create(email=account.EMAIL)
        User.objects.update(is_active=False)
        assert not account.is_wanted()
