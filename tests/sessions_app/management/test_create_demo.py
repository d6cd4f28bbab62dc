from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import pytest
from django.conf import settings
from django.core.management import call_command

from accounts_app.models import User
from sessions_app import pipeline
from sessions_app.demo import account
from sessions_app.models import PracticeSession, RunState
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def no_account_left() -> Iterator[None]:
    yield
    account.forget(settings.DATA_DIR)


@pytest.fixture
def executed(monkeypatch: pytest.MonkeyPatch) -> list[UUID]:
    """The runs that would have been worked on."""
    runs = list[UUID]()
    monkeypatch.setattr(pipeline, "execute", runs.append)
    return runs


def test_a_new_installation_has_a_finished_report() -> None:
    call_command("create_demo", verbosity=0)
    session = PracticeSession.objects.select_related("current_run", "owner").get()
    assert session.current_run is not None
    assert session.current_run.state == RunState.COMPLETED
    labels = set(session.current_run.findings.values_list("label", flat=True))
    assert {"um", "uh"} <= labels
    assert session.owner.email == account.EMAIL


def test_the_kept_password_opens_the_account(executed: list[UUID]) -> None:
    call_command("create_demo", verbosity=0)
    kept = account.read(settings.DATA_DIR)
    assert kept is not None
    assert User.objects.get().check_password(kept.password)


def test_a_second_start_changes_nothing(executed: list[UUID]) -> None:
    call_command("create_demo", verbosity=0)
    kept = account.read(settings.DATA_DIR)
    call_command("create_demo", verbosity=0)
    assert account.read(settings.DATA_DIR) == kept
    assert PracticeSession.objects.count() == 1


def test_goes_on_with_an_unfinished_demo_talk(executed: list[UUID]) -> None:
    call_command("create_demo", verbosity=0)
    call_command("create_demo", verbosity=0)
    assert executed == [PracticeSession.objects.get().latest_run_id] * 2


def test_a_demo_talk_somebody_deleted_stays_deleted(executed: list[UUID]) -> None:
    call_command("create_demo", verbosity=0)
    PracticeSession.objects.get().delete()
    call_command("create_demo", verbosity=0)
    assert not PracticeSession.objects.exists()


def test_where_people_work_already_there_is_no_demo(executed: list[UUID]) -> None:
    UserFactory.create()
    call_command("create_demo", verbosity=0)
    assert User.objects.count() == 1
    assert account.read(settings.DATA_DIR) is None


def test_a_password_of_ones_own_is_respected(executed: list[UUID]) -> None:
    call_command("create_demo", verbosity=0)
    demo = User.objects.get()
    demo.set_password("my very own words")
    demo.save()
    call_command("create_demo", verbosity=0)
    assert account.read(settings.DATA_DIR) is None
    demo.refresh_from_db()
    assert demo.check_password("my very own words")


def test_the_file_goes_with_the_account(executed: list[UUID]) -> None:
    call_command("create_demo", verbosity=0)
    User.objects.get().delete()
    UserFactory.create()
    call_command("create_demo", verbosity=0)
    assert account.read(settings.DATA_DIR) is None


def test_a_deactivated_account_is_neither_announced_nor_used(executed: list[UUID]) -> None:
    call_command("create_demo", verbosity=0)
    User.objects.update(is_active=False)
    executed.clear()
    call_command("create_demo", verbosity=0)
    assert account.read(settings.DATA_DIR) is None
    assert executed == []
