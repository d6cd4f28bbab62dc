from __future__ import annotations

import logging
import uuid
from collections.abc import Callable
from dataclasses import fields, replace
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from metrics_app.ended_runs import LONGEST_MS
from metrics_app.models import Call, Run, StageTiming
from metrics_app.record import (
    DatabaseBooks,
    EndedRun,
    StageTime,
    record_run,
    resume_run,
    unrecorded,
)
from tests.metrics_app.records import a_record, an_end

pytestmark = pytest.mark.django_db(transaction=True)


def break_down(verb: str, table: str) -> Callable[..., Any]:
    """A database that fails at such statements."""

    def execute(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith(verb) and f'"{table}"' in sql:
            raise DatabaseError("out of order")
        return execute(sql, params, many, context)

    return execute


def test_all_that_is_told_is_written() -> None:
    end = an_end(problem="silent", waited_ms=None, regenerated=None)
    record_run(end)
    row = Run.objects.get()
    for name in (field.name for field in fields(EndedRun) if field.name != "stages"):
        assert getattr(row, name) == getattr(end, name), name
    assert [StageTime(t.stage, t.state, t.duration_ms) for t in row.stages.all()] == [*end.stages]


def test_what_is_told_again_changes_nothing_and_is_no_error(
    caplog: pytest.LogCaptureFixture,
) -> None:
    first = an_end(outcome="failed")
    for end in (first, first, an_end(run_id=first.run_id, owner_id=8)):
        record_run(end)
    assert caplog.text == ""
    row = Run.objects.get()
    assert (row.outcome, row.owner_id) == ("failed", first.owner_id)
    assert StageTiming.objects.count() == len(first.stages)


def test_a_run_without_stages_is_recorded() -> None:
    record_run(an_end(stages=()))
    assert not Run.objects.get().stages.exists()


def test_times_that_no_column_holds_are_not_known() -> None:
    too_long = LONGEST_MS + 1
    record_run(
        an_end(waited_ms=too_long, total_ms=LONGEST_MS, stages=[StageTime("a", "done", too_long)])
    )
    row = Run.objects.get()
    assert (row.waited_ms, row.total_ms) == (None, LONGEST_MS)
    assert row.stages.get().duration_ms is None


def test_a_long_problem_is_cut() -> None:
    record_run(an_end(problem="x" * 99))
    assert Run.objects.get().problem == "x" * 40


@pytest.mark.parametrize("table", ["metrics_app_run", "metrics_app_stagetiming"])
def test_a_broken_table_is_logged_and_the_work_around_it_stands(
    table: str, caplog: pytest.LogCaptureFixture
) -> None:
    broken = break_down("INSERT", table)
    with transaction.atomic():
        DatabaseBooks().record(a_record())
        with caplog.at_level(logging.ERROR), connection.execute_wrapper(broken):
            record_run(an_end())
        DatabaseBooks().record(a_record())
    assert "was not recorded" in caplog.text
    assert Call.objects.count() == 2
    assert not Run.objects.exists()


@pytest.mark.parametrize("outer", [True, False])
def test_a_refusal_of_the_database_itself_spoils_no_transaction(outer: bool) -> None:
    refused = an_end(kind=None)
    if outer:
        with transaction.atomic():
            record_run(refused)
            record_run(an_end())
    else:
        record_run(refused)
        record_run(an_end())
    assert Run.objects.count() == 1


def test_what_is_taken_back_is_not_recorded() -> None:
    with transaction.atomic():
        record_run(an_end())
        transaction.set_rollback(True)
    assert not Run.objects.exists()
    assert not StageTiming.objects.exists()


def test_runs_nobody_recorded_are_known() -> None:
    recorded, of_another_kind = an_end(), an_end(kind="drill")
    for end in (recorded, of_another_kind):
        record_run(end)
    missing = uuid.uuid4()
    asked = [recorded.run_id, missing, of_another_kind.run_id]
    assert unrecorded("session", asked) == {missing, of_another_kind.run_id}
    assert unrecorded("session", []) == set()


def test_a_run_that_goes_on_ends_twice() -> None:
    first = an_end(outcome="failed", finished_at=datetime(2026, 1, 1, tzinfo=UTC))
    record_run(first)
    resume_run(first.run_id)
    assert unrecorded("session", [first.run_id]) == {first.run_id}
    record_run(an_end(run_id=first.run_id))
    ends = Run.objects.order_by("pk").values_list("outcome", "run_id", "owner_id")
    assert list(ends) == [("failed", None, None), ("completed", first.run_id, first.owner_id)]


def test_what_the_next_end_tells_again_is_not_counted_twice() -> None:
    done, stopped = StageTime("rules", "done", 900), StageTime("scoring", "failed", None)
    first = an_end(outcome="failed", regenerated=True, stages=[done, stopped])
    record_run(first)
    resume_run(first.run_id)
    record_run(an_end(run_id=first.run_id, stages=[done, replace(stopped, duration_ms=70)]))
    assert list(StageTiming.objects.exclude(duration_ms=None).values_list("stage", flat=True)) == [
        "rules",
        "scoring",
    ]
    checked = Run.objects.order_by("pk").values_list("regenerated", "agreement_difference")
    assert list(checked) == [(None, None), (True, 0.25)]


def test_a_run_goes_on_also_where_its_record_is_broken(caplog: pytest.LogCaptureFixture) -> None:
    broken = break_down("UPDATE", "metrics_app_run")
    with connection.execute_wrapper(broken), caplog.at_level(logging.ERROR):
        resume_run(uuid.uuid4())
    assert "not set apart" in caplog.text
