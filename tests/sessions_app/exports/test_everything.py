from __future__ import annotations

import json
from itertools import islice

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts_app.models import User
from sessions_app import actions
from sessions_app.exports.everything import all_entries
from tests.factories import SessionFactory, UserFactory
from tests.sessions_app.exports.unpacked import unpacked
from tests.sessions_app.finished import finished_run

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner() -> User:
    return UserFactory.create()


def test_every_talk_has_a_folder_by_its_day_and_title(owner: User) -> None:
    session = finished_run(session__owner=owner, session__title="My talk").session
    finished_run()
    files = unpacked(all_entries(owner))
    folder = f"{session.created_at:%Y-%m-%d}-My-talk"
    assert {name.split("/")[0] for name in files} == {"README.txt", "account.json", folder}
    assert f"{folder}/report.md" in files


def test_talks_of_one_day_and_title_have_folders_of_their_own(owner: User) -> None:
    for title in ("My talk", "my talk", "…", "…"):
        SessionFactory.create(owner=owner, title=title)
    folders = {name.split("/")[0] for name in unpacked(all_entries(owner)) if "/" in name}
    assert len(folders) == 4


def test_the_account_has_its_own_file(owner: User) -> None:
    finished_run(session__owner=owner, session__title="My talk")
    account = json.loads(unpacked(all_entries(owner))["account.json"])
    assert account["account"]["email"] == owner.email
    assert [talk["title"] for talk in account["talks"]] == ["My talk"]


def test_a_talk_deleted_meanwhile_is_left_out(owner: User) -> None:
    first, second = (SessionFactory.create(owner=owner, title=name) for name in ("One", "Two"))
    entries = all_entries(owner)
    names = [entry.name for entry in islice(entries, 3)]
    assert names[-1].endswith("One/README.txt")
    actions.delete_session(session=second)
    assert list(entries) == []
    assert first.pk


def test_nothing_is_read_of_a_talk_before_its_turn(owner: User) -> None:
    for _ in range(30):
        SessionFactory.create(owner=owner)
    entries = all_entries(owner)
    with CaptureQueriesContext(connection) as asked:
        next(entries)
    assert len(asked) == 0
