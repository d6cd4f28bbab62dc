from __future__ import annotations

from pathlib import Path

from sessions_app.demo import account


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
