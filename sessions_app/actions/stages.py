"""The checkpoints of a run."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.db.models import F
from django.utils import timezone

from sessions_app.actions.leases import NOT_WAITING, Lease, fenced
from sessions_app.models import RunStage, SessionRun, StageState
from sessions_app.stages.outputs import StageName

Output = TypeVar("Output")


def begin_stage(lease: Lease, *, stage: StageName) -> None:
    """Note that a stage starts, once more if it was started before. Raises `LeaseLost`."""
    with fenced(lease) as run:
        again = RunStage.objects.filter(run=run, stage=stage).update(
            state=StageState.RUNNING,
            attempt=F("attempt") + 1,
            started_at=timezone.now(),
            finished_at=None,
            duration_ms=None,
        )
        if not again:
            RunStage.objects.create(
                run=run, stage=stage, state=StageState.RUNNING, started_at=timezone.now()
            )


def save_stage(
    lease: Lease,
    *,
    stage: StageName,
    output: Output | None,
    save: Callable[[SessionRun, RunStage, Output], None],
) -> None:
    """Store the output and close the stage in one transaction. Raises `LeaseLost`.

    `None` as output means that the stage had nothing to do.
    """
    with fenced(lease) as run:
        row = RunStage.objects.get(run=run, stage=stage)
        if output is not None:
            save(run, row, output)
        row.state = StageState.SKIPPED if output is None else StageState.DONE
        row.finished_at = timezone.now()
        duration = row.finished_at - row.started_at
        row.duration_ms = max(0, round(duration.total_seconds() * 1000))  # clocks may step back
        row.save()
        SessionRun.objects.filter(pk=run.pk).update(deaths=0, **NOT_WAITING)
