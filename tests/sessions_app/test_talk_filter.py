from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from accounts_app.models import User
from sessions_app import queries, talk_filter
from sessions_app.models import PracticeSession, RunState
from sessions_app.talk_filter import Attempts, Order, Stand, TalkFilter
from tests.factories import RunFactory, SessionFactory, UserFactory
from tests.sessions_app.progressing import LONG, talks, with_fillers

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(db: None) -> User:
    return UserFactory.create()


def a_talk(owner: User, title: str, at: datetime | None = None, **fields: Any) -> PracticeSession:
    session = SessionFactory.create(owner=owner, title=title, **fields)
    if at is not None:
        PracticeSession.objects.filter(pk=session.pk).update(created_at=at)
    return session


def titles(owner: User, **wish: Any) -> list[str]:
    return [talk.title for talk in queries.found_talks(owner, TalkFilter(**wish))]


def test_without_a_wish_all_own_talks_newest_first(owner: User) -> None:
    a_talk(owner, "first")
    a_talk(owner, "second")
    SessionFactory.create(title="of somebody else")
    assert titles(owner) == ["second", "first"]


@pytest.mark.parametrize("text", ["bees", "BEES", "  roof   bees ", "city honey", "uber", "ÜBER"])
def test_words_of_title_and_prompt_are_found_without_case_or_accents(
    owner: User, text: str
) -> None:
    a_talk(owner, "Über bees on the roof", prompt="Honey from the city")
    a_talk(owner, "Hens")
    assert titles(owner, text=text) == ["Über bees on the roof"]


@pytest.mark.parametrize("text", ["bees hens", "%", "_", "'", "\\", "somebody"])
def test_what_is_nowhere_is_not_found(owner: User, text: str) -> None:
    a_talk(owner, "Bees on the roof", transcript_text="somebody said this")
    SessionFactory.create(title="of somebody else")
    assert titles(owner, text=text) == []


def test_kind_and_language(owner: User) -> None:
    a_talk(owner, "pitch", kind="pitch", language="de")
    a_talk(owner, "interview", kind="interview", language="de")
    assert titles(owner, kind="pitch") == ["pitch"]
    assert titles(owner, language="de", kind="interview") == ["interview"]
    assert titles(owner, language="en") == []


def test_how_far_a_talk_is(owner: User) -> None:
    for state in RunState:
        RunFactory.create(session__owner=owner, session__title=state.value, state=state)
    a_talk(owner, "no speaker yet")
    assert titles(owner, state=Stand.READY) == ["completed"]
    assert set(titles(owner, state=Stand.WORKING)) == {"queued", "processing", "waiting_for_model"}
    assert set(titles(owner, state=Stand.STOPPED)) == {"failed", "cancelled", "quarantined"}
    assert titles(owner, state=Stand.ASKS) == ["no speaker yet"]


def test_every_talk_has_one_of_the_states(owner: User) -> None:
    for state in RunState:
        RunFactory.create(session__owner=owner, state=state)
    a_talk(owner, "no speaker yet")
    assert sum(len(titles(owner, state=stand)) for stand in Stand) == len(RunState) + 1


def test_retakes_and_first_attempts(owner: User) -> None:
    first = a_talk(owner, "first")
    a_talk(owner, "again", retake_of=first)
    assert titles(owner, attempts=Attempts.FIRST) == ["first"]
    assert titles(owner, attempts=Attempts.RETAKES) == ["again"]


def test_both_days_are_included(owner: User) -> None:
    midnight = datetime(2026, 3, 10, tzinfo=UTC)
    a_talk(owner, "before", midnight - timedelta(microseconds=1))
    a_talk(owner, "in", midnight)
    a_talk(owner, "too", midnight + timedelta(days=1) - timedelta(microseconds=1))
    a_talk(owner, "after", midnight + timedelta(days=1))
    day = date(2026, 3, 10)
    assert titles(owner, since=day, until=day) == ["too", "in"]
    assert titles(owner, since=day) == ["after", "too", "in"]
    assert titles(owner, until=day) == ["too", "in", "before"]


def test_orders(owner: User) -> None:
    talks(owner, with_fillers(9.0, 1.0, 4.0))
    a_talk(owner, "a talk without a report")
    assert titles(owner, order=Order.FILLERS) == [
        "Talk 2",
        "Talk 3",
        "Talk 1",
        "a talk without a report",
    ]
    assert titles(owner, order=Order.SCORE)[0] == "Talk 2"
    assert titles(owner, order=Order.SCORE)[-1] == "a talk without a report"
    assert titles(owner, order=Order.OLDEST) == titles(owner)[::-1]
    assert titles(owner, order=Order.TITLE)[0] == "a talk without a report"


def test_a_search_goes_with_filters(owner: User) -> None:
    talks(owner, [LONG] * 3, kind="pitch")
    a_talk(owner, "Talk 2 again")
    assert titles(owner, text="talk 2", kind="pitch") == ["Talk 2"]


def test_of_very_many_the_newest_are_found(owner: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(talk_filter, "MOST_FOUND", 2)
    talks(owner, [LONG] * 3)
    assert titles(owner, text="talk") == ["Talk 3", "Talk 2"]
