from __future__ import annotations

import uuid
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from metrics_app.models import Call
from tests.chaos import bookkeeping
from tests.chaos.evidence import Books

pytestmark = pytest.mark.django_db


def book(**values: Any) -> None:
    usual = {"purpose": "coaching", "outcome": "ok", "cost_usd": Decimal("0.01")}
    Call.objects.create(record_id=uuid.uuid4(), started_at=timezone.now(), **{**usual, **values})


def test_there_is_nothing_in_empty_books() -> None:
    assert bookkeeping.read() == Books(Decimal(0), paid=0, paid_again=0, heard=())


def test_what_was_found_again_was_not_paid() -> None:
    book()
    book(cache_hit=True, could_hit=True, cost_usd=Decimal(0))
    book(outcome="server_error", cost_usd=Decimal(0))
    book(outcome="cancelled", cost_usd=None)
    assert bookkeeping.read() == Books(Decimal("0.01"), paid=1, paid_again=0, heard=())


def test_what_was_paid_though_its_answer_was_kept_is_seen() -> None:
    book()
    book(could_hit=True)
    assert bookkeeping.read().paid_again == 1


def test_a_recording_that_was_heard_twice_is_seen() -> None:
    once, twice = uuid.uuid4(), uuid.uuid4()
    for run_id in (once, twice, twice):
        book(purpose="transcription", run_id=run_id)
    book(purpose="transcription", run_id=once, outcome="timeout", cost_usd=None)
    assert sorted(bookkeeping.read().heard) == [1, 2]
