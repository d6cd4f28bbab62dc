from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event

import pytest
from django.db import DatabaseError, connection

from accounts_app.models import User
from sessions_app import chores
from sessions_app.chores import Chores

pytestmark = pytest.mark.django_db(transaction=True)

LONG_SECONDS = 20.0


def failing(error: Exception) -> Callable[[], None]:
    def chore() -> None:
        raise error

    return chore


def done(*todo: Callable[[], object]) -> Chores:
    """All of them, once."""
    told = Chores(todo, wanted=lambda: True)
    told.begin_if_due()
    told.wait(LONG_SECONDS)
    return told


@contextmanager
def held() -> Iterator[tuple[Callable[[], None], Event]]:
    """A chore that goes on until the end of the block, and whether it has begun."""
    begun, released = Event(), Event()

    def chore() -> None:
        begun.set()
        released.wait(LONG_SECONDS)

    try:
        yield chore, begun
    finally:
        released.set()


def test_are_done_in_their_order() -> None:
    seen: list[str] = []
    done(lambda: seen.append("first"), lambda: seen.append("second"))
    assert seen == ["first", "second"]


@pytest.mark.parametrize(
    "error", [KeyError("no such bucket"), OSError("disk"), DatabaseError("away")]
)
def test_one_that_fails_is_told_with_its_place_and_the_next_go_on(
    error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    seen: list[int] = []
    with caplog.at_level(logging.ERROR):
        done(failing(error), lambda: seen.append(User.objects.count()))
    assert seen == [0]
    (told,) = caplog.records
    assert told.exc_info is not None
    assert told.exc_info[1] is error


def test_one_that_failed_has_its_next_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chores, "EVERY_SECONDS", 0)
    times: list[int] = []

    def at_first_failing() -> None:
        times.append(len(times))
        if times == [0]:
            raise ValueError("not yet")

    told = done(at_first_failing)
    told.begin_if_due()
    told.wait(LONG_SECONDS)
    assert times == [0, 1]


def test_have_a_turn_each_hour_only() -> None:
    seen: list[str] = []
    told = done(lambda: seen.append("done"))
    told.begin_if_due()
    told.wait(LONG_SECONDS)
    assert seen == ["done"]


def test_nobody_waits_for_a_long_one_and_it_is_not_begun_beside_itself(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(chores, "EVERY_SECONDS", 0)
    seen: list[str] = []
    with held() as (long, begun):
        told = Chores([lambda: seen.append("begun"), long], wanted=lambda: True)
        told.begin_if_due()
        assert begun.wait(LONG_SECONDS)
        told.begin_if_due()
        told.wait(0)
        assert seen == ["begun"]
    told.wait(LONG_SECONDS)


def test_end_after_the_one_that_is_under_way_when_they_are_not_wanted_any_more() -> None:
    seen: list[str] = []
    wanted = [True]
    told = Chores([wanted.clear, lambda: seen.append("too late")], wanted=lambda: bool(wanted))
    told.begin_if_due()
    told.wait(LONG_SECONDS)
    assert seen == []


def test_leave_no_connection_to_the_database() -> None:
    left: list[object] = []

    def look() -> None:
        left.append(connection.connection)

    done(User.objects.count, look)
    assert left == [None]
