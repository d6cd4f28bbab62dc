from __future__ import annotations

import pytest

from accounts_app.models import User
from sessions_app import actions
from sessions_app.models import PracticeSession
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def attempt(owner: User, title: str, retake_of: PracticeSession | None = None) -> PracticeSession:
    return actions.create_session(
        owner=owner,
        title=title,
        language="en",
        kind="pitch",
        transcript_text="Hello there.",
        transcript_format="txt",
        retake_of=retake_of,
    )


def links(owner: User) -> dict[str, str | None]:
    rows = PracticeSession.objects.filter(owner=owner).order_by("created_at")
    return dict(rows.values_list("title", "retake_of__title"))


def three() -> tuple[User, PracticeSession, PracticeSession, PracticeSession]:
    owner = UserFactory.create()
    first = attempt(owner, "first")
    second = attempt(owner, "second", first)
    return owner, first, second, attempt(owner, "third", second)


def test_a_retake_of_a_retake_is_one_of_the_first_attempt() -> None:
    owner, *_ = three()
    assert links(owner) == {"first": None, "second": "first", "third": "first"}


def test_without_the_first_attempt_the_oldest_retake_is_the_first() -> None:
    owner, first, second, _ = three()
    actions.delete_session(session=first)
    assert links(owner) == {"second": None, "third": "second"}
    actions.delete_session(session=PracticeSession.objects.get(pk=second.pk))
    assert links(owner) == {"third": None}


def test_without_a_retake_the_others_stay_as_they_are() -> None:
    owner, _, second, _ = three()
    actions.delete_session(session=second)
    assert links(owner) == {"first": None, "third": "first"}


def test_an_attempt_after_the_first_is_gone_goes_to_the_one_in_its_place() -> None:
    owner, first, second, third = three()
    actions.delete_session(session=first)  # `third` still believes in it
    attempt(owner, "fourth", third)
    assert links(owner)["fourth"] == second.title


def test_an_attempt_at_what_was_deleted_meanwhile_stands_alone() -> None:
    owner = UserFactory.create()
    first = attempt(owner, "first")
    gone = PracticeSession.objects.get(pk=first.pk)
    actions.delete_session(session=first)
    attempt(owner, "second", gone)
    assert links(owner) == {"second": None}
