from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.core.management import CommandError, call_command

from accounts_app.models import User
from metrics_app.models import FeatureFlag
from tests.metrics_app.switches import switch

pytestmark = pytest.mark.django_db

NAME = "content_review"
CHIEF = "chief@example.org"


@pytest.fixture(autouse=True)
def chief() -> User:
    return User.objects.create_superuser(CHIEF)


def command(*args: str, **options: Any) -> str:
    out = StringIO()
    call_command("waffle_flag", *args, stdout=out, **options)
    return out.getvalue()


def test_a_change_is_made_and_kept_in_the_history_of_who_made_it(chief: User) -> None:
    flag = switch(NAME, True)
    command(NAME, "--percent", "12", "--user", CHIEF, "--by", CHIEF)
    assert str(FeatureFlag.get(NAME).percent) == "12.0"
    entry = LogEntry.objects.get()
    assert (entry.user, entry.object_id) == (chief, str(flag.pk))
    told = entry.get_change_message()
    for change in ("Everyone: yes → –", "Percent: – → 12", f"Users: – → {chief.pk}"):
        assert change in told


def test_what_changes_nothing_leaves_no_entry() -> None:
    switch(NAME, True)
    command(NAME, "--everyone", "--by", CHIEF)
    assert not LogEntry.objects.exists()


@pytest.mark.parametrize(
    ("args", "why"),
    [
        ((NAME, "--deactivate"), "--by EMAIL"),
        ((NAME, "--deactivate", "--by", "speaker@example.org"), "no active member of staff"),
        (("paralel", "--deactivate", "--by", CHIEF), "no such flag"),
        (("paralel", "--create", "--by", CHIEF), "no such flag"),
        (("--deactivate", "--by", CHIEF), "no such flag"),
    ],
)
def test_nothing_changes_without_a_name_and_who(args: tuple[str, ...], why: str) -> None:
    User.objects.create_user("speaker@example.org")
    flag = switch(NAME, True)
    with pytest.raises(CommandError, match=why):
        command(*args)
    flag.refresh_from_db()
    assert flag.everyone is True
    assert not FeatureFlag.objects.filter(name="paralel").exists()


def test_a_group_that_does_not_exist_changes_nothing() -> None:
    switch(NAME, True)
    with pytest.raises(CommandError, match="does not exist"):
        command(NAME, "--deactivate", "--group", "Nobody", "--by", CHIEF)
    assert FeatureFlag.get(NAME).everyone is True


def test_flags_are_listed_for_anybody() -> None:
    assert f"NAME: {NAME}" in command("--list")
