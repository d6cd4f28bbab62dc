"""What a run of the product is read as."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from benchmarks.ours import WrongFlow, flow_of
from sessions_app.models import RunStage, RunState, SessionRun, StageState
from tests.factories import RunFactory
from tests.simulator import Asked

pytestmark = pytest.mark.django_db

BEGAN = datetime(2026, 1, 31, 12, tzinfo=UTC)
ANSWERED = Asked(
    1, "/v1/chat/completions", "review", "gpt-5.4", BEGAN.timestamp() + 3, BEGAN.timestamp() + 8,
    200, None, 1_000, 0, 100, 0, Decimal("0.004"), streamed=False, complete=True,
    disconnected=False,
)  # fmt: skip


@pytest.fixture
def run() -> SessionRun:
    """Queued for a second; media until 3 s, the rules until 4 s, complete after 9 s."""
    made: SessionRun = RunFactory.create(
        state=RunState.COMPLETED, started_at=at(1), finished_at=at(9), coaching_regenerated=False
    )
    made.queued_at = at(0)
    for stage, first, last in (("media", 1, 3), ("rules", 3, 4), ("embeddings", 10, 11)):
        RunStage.objects.create(
            run=made,
            stage=stage,
            state=StageState.DONE,
            started_at=at(first),
            finished_at=at(last),
        )
    return made


def at(seconds: float) -> datetime:
    return BEGAN + timedelta(seconds=seconds)


def test_the_clock_is_that_of_the_rows(run: SessionRun) -> None:
    found = flow_of("ours", run, [ANSWERED])
    assert (found.wall, found.provisional, found.chain) == (9.0, 4.0, 5.0)
    assert found.stages == {"queue": 1.0, "media": 2.0, "rules": 1.0}
    assert found.usd == Decimal("0.004")


def test_a_call_that_was_left_is_paid_for(run: SessionRun) -> None:
    left = replace(ANSWERED, complete=False, disconnected=True, cost=Decimal(0))
    assert flow_of("ours", run, [left]).usd == Decimal("0.004")


def test_a_call_turned_away_for_the_budget_is_none(run: SessionRun) -> None:
    refused = replace(ANSWERED, complete=False, status=429, fault="over_budget")
    assert flow_of("ours", run, [refused, ANSWERED]).calls == flow_of("", run, [ANSWERED]).calls


def test_a_declined_way_of_asking_counts_and_costs_nothing(run: SessionRun) -> None:
    declined = replace(ANSWERED, complete=False, status=400, purpose="", model="", tokens_in=0)
    (call,) = flow_of("ours", run, [declined]).calls
    assert (call.purpose, call.usd) == ("transcription", Decimal(0))


@pytest.mark.parametrize(
    "asked",
    [
        replace(ANSWERED, complete=False, status=500, fault="server_error"),
        replace(ANSWERED, complete=False, status=400, fault="wrong_schema"),
        replace(ANSWERED, complete=False, end=None, status=None),
    ],
)
def test_any_other_failure_is_another_flow(run: SessionRun, asked: Asked) -> None:
    with pytest.raises(WrongFlow):
        flow_of("ours", run, [asked])
