from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.db.models import F

from ai.errors import Outcome
from ai.ledger import CallRecord
from metrics_app.models import Call
from metrics_app.queries import (
    CorrectionCount,
    answers_of_owner,
    calls_of_owner,
    calls_of_run,
    correction_counts,
    cost_of_run_subquery,
    owners_on_record,
    runs_of_owner,
    spending_of_owner,
)
from metrics_app.record import DatabaseBooks, record_run
from tests.metrics_app.records import OWNER, SUBJECT, a_correction, a_record, an_end

pytestmark = pytest.mark.django_db

MINE, OTHER = uuid.uuid4(), uuid.uuid4()


def recorded(run_id: uuid.UUID, **known: object) -> CallRecord:
    record = a_record(replace(SUBJECT, run_id=run_id), **known)
    DatabaseBooks().record(record)
    return record


def cost_in_usd(run_id: uuid.UUID) -> Decimal | None:
    run = Call.objects.filter(run_id=run_id).annotate(usd=cost_of_run_subquery("run_id")).first()
    assert run is not None
    usd: Decimal | None = run.usd
    return usd


def test_calls_of_one_run_come_in_the_order_they_were_made() -> None:
    for run_id, purpose, minute in (
        (MINE, "coaching", 2),
        (OTHER, "check", 1),
        (MINE, "review", 0),
    ):
        at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minute)
        recorded(run_id, purpose=purpose, started_at=at)
    assert [c.purpose for c in calls_of_run(MINE)] == ["review", "coaching"]


def test_one_unknown_price_makes_the_cost_of_a_run_unknown() -> None:
    recorded(MINE, cost_usd=Decimal("0.1"))
    recorded(MINE, cost_usd=None)
    recorded(OTHER)
    assert cost_in_usd(MINE) is None
    assert cost_in_usd(OTHER) == Decimal("0.01")


@pytest.mark.parametrize("outcome", [Outcome.TIMEOUT, Outcome.CONNECTION, Outcome.CANCELLED])
def test_a_call_the_server_may_have_worked_for_has_an_unknown_price(outcome: Outcome) -> None:
    recorded(MINE, outcome=outcome, cost_usd=None)
    assert cost_in_usd(MINE) is None


@pytest.mark.parametrize("outcome", [Outcome.RATE_LIMITED, Outcome.REJECTED, Outcome.SPEND_CAP])
def test_a_call_nobody_worked_for_costs_nothing(outcome: Outcome) -> None:
    recorded(MINE, outcome=outcome, cost_usd=None)
    assert cost_in_usd(MINE) == 0


def test_an_answer_that_was_there_already_costs_nothing() -> None:
    recorded(MINE, cache_hit=True, cost_usd=None)
    assert cost_in_usd(MINE) == 0


def test_a_list_can_be_sorted_by_the_cost_of_runs() -> None:
    unknown = uuid.uuid4()
    for run_id, usd in ((MINE, "0.2"), (MINE, "0.3"), (OTHER, "0.4")):
        recorded(run_id, purpose="coaching", cost_usd=Decimal(usd))
    recorded(unknown, purpose="coaching", cost_usd=None)
    outer = Call.objects.order_by().values("run_id").distinct()
    listed = outer.annotate(usd=cost_of_run_subquery("run_id"))
    rows = listed.order_by(F("usd").desc(nulls_last=True)).values_list("run_id", "usd")
    assert list(rows) == [(MINE, Decimal("0.5")), (OTHER, Decimal("0.4")), (unknown, None)]


def test_corrections_are_counted_by_kind_and_whose_work_it_was() -> None:
    def at(day: int, **changes: object) -> None:
        with time_machine.travel(datetime(2026, 1, day, tzinfo=UTC), tick=False):
            a_correction(**changes)

    at(1)
    at(2)
    at(3)
    at(3, source="ai")
    at(3, made=False)
    at(3, kind="word", source="none")
    at(4)
    window = datetime(2026, 1, 2, tzinfo=UTC), datetime(2026, 1, 4, tzinfo=UTC)
    assert correction_counts(*window) == [
        CorrectionCount("not_a_filler", "rule", made=2, taken_back=1),
        CorrectionCount("not_a_filler", "ai", made=1, taken_back=0),
        CorrectionCount("word", "none", made=1, taken_back=0),
    ]


def test_what_is_recorded_of_a_person_is_told_to_them_alone() -> None:
    books = DatabaseBooks()
    books.keep("key", '{"a": 1}', 30, a_record(model="mine"))
    books.keep("key", "{}", 30, a_record(replace(SUBJECT, owner_id=8), model="not mine"))
    assert books.reserve(OWNER, Decimal(2), owner_cap=None, cap=None)
    assert [call["model"] for call in calls_of_owner(OWNER)] == ["mine"]
    assert [kept["answer"] for kept in answers_of_owner(OWNER)] == ['{"a": 1}']
    assert [day["usd"] for day in spending_of_owner(OWNER)] == [Decimal(2)]


def test_how_their_runs_ended_is_told_to_a_person_with_every_stage() -> None:
    for day, owner_id in ((2, OWNER), (1, OWNER), (3, 8)):
        record_run(an_end(owner_id=owner_id, finished_at=datetime(2026, 1, day, tzinfo=UTC)))
    first, second = runs_of_owner(OWNER)
    assert first["finished_at"] < second["finished_at"]  # type: ignore[operator]
    assert (first["outcome"], first["mode"], first["total_ms"]) == ("completed", "parallel", 12_000)
    assert first["stages"] == [
        {"stage": "rules", "state": "done", "duration_ms": 900},
        {"stage": "scoring", "state": "skipped", "duration_ms": None},
    ]


def test_all_who_are_named_in_the_books_are_known() -> None:
    books = DatabaseBooks()
    books.record(a_record(replace(SUBJECT, owner_id=3)))
    books.record(a_record(replace(SUBJECT, owner_id=None)))
    books.keep("key", "{}", 30, a_record(replace(SUBJECT, owner_id=4)))
    assert books.reserve(5, Decimal(2), owner_cap=None, cap=None)
    a_correction(owner_id=6)
    record_run(an_end(owner_id=9))
    record_run(an_end(owner_id=None))
    assert owners_on_record() == {3, 4, 5, 6, 9}
