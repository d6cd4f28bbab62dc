from __future__ import annotations

import json
from typing import Any

import pytest
from allauth.account.models import EmailAddress

from accounts_app.models import User
from metrics_app.record import DatabaseBooks
from sessions_app import actions
from sessions_app.exports.account import account_json
from sessions_app.models import Upload
from tests.factories import UserFactory
from tests.sessions_app.actions.test_sessions import call_of
from tests.sessions_app.finished import finished_run

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner() -> User:
    return UserFactory.create(first_name="Ana", media_retention_days=30, mail_when_done=True)


def account(owner: User) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(b"".join(account_json(owner)))
    return document


def test_an_empty_account_is_whole(owner: User) -> None:
    EmailAddress.objects.create(user=owner, email="other@example.com")
    document = account(owner)
    assert document.pop("account") | {"date_joined": "", "last_login": None} == {
        "email": owner.email,
        "email_addresses": ["other@example.com"],
        "first_name": "Ana",
        "last_name": "",
        "date_joined": "",
        "last_login": None,
        "language": "",
        "mail_when_done": True,
        "media_retention_days": 30,
    }
    assert document == {
        "talks": [],
        "corrections": [],
        "unfinished_uploads": [],
        "runs": [],
        "model_calls": [],
        "spending_usd_by_day": [],
        "kept_answers": [],
    }


def test_it_tells_what_was_said_asked_and_spent(owner: User) -> None:
    run = finished_run(session__owner=owner, session__title="Bees")
    own: dict[str, Any] = {"session": run.session, "author": owner}
    actions.correct(kind="word", start_word=1, end_word=2, text="hullo", **own)
    made = actions.correct(kind="not_a_filler", start_word=0, end_word=1, **own)
    actions.take_back(correction=made)
    DatabaseBooks().keep("key", '{"answer": 1}', 30, call_of(run))
    DatabaseBooks().settle(owner.pk, reserved=0, spent=1)  # type: ignore[arg-type]
    Upload.objects.create(owner=owner, length=5, filename="next.webm")
    finished_run()
    document = account(owner)
    assert [talk["title"] for talk in document["talks"]] == ["Bees"]
    assert [row["text"] for row in document["corrections"]] == ["hullo", "um"]
    assert document["corrections"][1]["taken_back_at"]
    (ended,) = document["runs"]
    assert (ended["run_id"], ended["outcome"]) == (str(run.pk), "completed")
    assert ended["total_ms"] == run.processing_time_ms
    assert "scoring" in [stage["stage"] for stage in ended["stages"]]
    assert [call["model"] for call in document["model_calls"]] == ["gpt-5.4"]
    assert [float(day["usd"]) for day in document["spending_usd_by_day"]] == [1.0]
    assert [kept["answer"] for kept in document["kept_answers"]] == ['{"answer": 1}']
    assert [upload["filename"] for upload in document["unfinished_uploads"]] == ["next.webm"]
