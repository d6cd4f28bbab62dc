from __future__ import annotations

import pytest
from django.contrib.auth.models import Group

from accounts_app.models import User
from metrics_app.flag_history import message, settings_of
from metrics_app.models import FeatureFlag
from tests.metrics_app.switches import switch

pytestmark = pytest.mark.django_db

NAME = "content_review"


def changed(flag: FeatureFlag, before: object) -> list[str]:
    (entry,) = message(before, settings_of(flag))  # type: ignore[arg-type]
    return entry["changed"]["fields"]


def test_every_setting_that_differs_is_told_from_what_to_what() -> None:
    flag = switch(NAME, True)
    before = settings_of(flag)
    switch(NAME, None, percent="12.5", note="a try")
    assert changed(flag, before) == ["Everyone: yes → –", "Percent: – → 12.5", "Note: – → a try"]


def test_users_are_told_by_number_and_groups_by_name() -> None:
    flag = switch(NAME, None)
    person = User.objects.create_user("somebody@example.org")
    flag.users.add(person)
    before = settings_of(flag)
    flag.users.clear()
    flag.groups.add(Group.objects.create(name="Testers"))
    assert changed(flag, before) == [f"Users: {person.pk} → –", "Groups: – → Testers"]


def test_where_nothing_differs_there_is_nothing_to_tell() -> None:
    flag = switch(NAME, True)
    assert message(settings_of(flag), settings_of(flag)) == []
