from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import time_machine

from ai.calls import Label
from ai.errors import Outcome
from ai.ledger import Books, CallRecord, Subject
from ai.memory import MemoryBooks
from ai.receipt import Receipt


def found(owner_id: int | None) -> CallRecord:
    return Receipt(Subject(owner_id, "session"), Label("check", "m")).found()


def test_it_is_books() -> None:
    books: Books = MemoryBooks()
    books.record(replace(found(1), outcome=Outcome.REFUSED))


def test_answers_are_their_owners() -> None:
    books = MemoryBooks()
    books.keep("key", "answer", 30, found(1))
    assert books.find(1, "key") == "answer"
    assert books.find(2, "key") is None
    assert books.find(None, "key") is None
    assert len(books.records) == 1


def test_answers_grow_too_old() -> None:
    books = MemoryBooks()
    with time_machine.travel("2026-01-01", tick=False) as clock:
        books.keep("key", "answer", 30, found(1))
        clock.shift(timedelta(days=29))
        assert books.find(1, "key") == "answer"
        clock.shift(timedelta(days=2))
        assert books.find(1, "key") is None


def test_caps_hold_what_is_set_aside_until_it_is_settled() -> None:
    books = MemoryBooks()
    two = Decimal(2)
    assert books.reserve(1, two, owner_cap=Decimal(3), cap=None)
    assert not books.reserve(1, two, owner_cap=Decimal(3), cap=None)
    assert not books.reserve(2, two, owner_cap=None, cap=Decimal(3))
    books.settle(1, reserved=two, spent=Decimal(1))
    assert books.reserve(1, two, owner_cap=Decimal(3), cap=Decimal(3))
    assert books.spent(1) == books.spent() == 3


def test_a_day_ends() -> None:
    books = MemoryBooks()
    with time_machine.travel("2026-01-01T23:00Z", tick=False) as clock:
        assert books.reserve(1, Decimal(1), owner_cap=Decimal(1), cap=None)
        clock.shift(timedelta(hours=2))
        assert books.reserve(1, Decimal(1), owner_cap=Decimal(1), cap=None)
