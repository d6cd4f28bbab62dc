"""What is said to whoever waits for a run in vain."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from benchmarks import waiting
from benchmarks.waiting import WaitedInVain, until_over, until_ready
from sessions_app.models import RunStage, RunState, SessionRun, StageState
from tests.factories import RunFactory
from tests.simulator import Simulator

pytestmark = pytest.mark.django_db


def a_run(state: RunState, **fields: object) -> SessionRun:
    return RunFactory.create(state=state, **fields)


def test_a_run_that_is_over_is_not_waited_for(simulator: Simulator) -> None:
    until_over(a_run(RunState.COMPLETED), 0, simulator, embedded=False)
    until_over(a_run(RunState.FAILED), 0, simulator, embedded=True)


def test_embeddings_are_waited_for_only_where_they_are_wanted(simulator: Simulator) -> None:
    run = a_run(RunState.COMPLETED)
    with pytest.raises(WaitedInVain, match="for embeddings"):
        until_over(run, 0, simulator, embedded=True)
    now = datetime.now(UTC)
    RunStage.objects.create(
        run=run, stage="embeddings", state=StageState.DONE, started_at=now, finished_at=now
    )
    until_over(run, 0, simulator, embedded=True)


def test_a_run_that_nobody_ends_tells_how_things_stand(simulator: Simulator) -> None:
    run = a_run(RunState.PROCESSING, worker="somebody", attempts=2)
    now = datetime.now(UTC)
    RunStage.objects.create(run=run, stage="media", state=StageState.RUNNING, started_at=now)
    with pytest.raises(WaitedInVain) as told:
        until_over(run, 0, simulator, embedded=False)
    for part in (
        "0 s for the end of the run",
        "run processing",
        "attempt 2",
        "held by nobody",
        "stage media running since",
        "queue default: 0 waiting",
    ):
        assert part in str(told.value)


def test_a_run_that_waits_for_the_model_is_given_up_at_once(simulator: Simulator) -> None:
    run = a_run(RunState.WAITING_FOR_MODEL, waiting_reason="unavailable")
    with pytest.raises(WaitedInVain, match=r"waits for the model.* unavailable"):
        until_over(run, 1e6, simulator, embedded=False)


def test_workers_that_do_not_come_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "STARTING", 0.0)
    with pytest.raises(WaitedInVain, match="for workers of default, low"):
        until_ready(("default", "low"))
