"""Writing down how runs ended."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from metrics_app.late import note_if_late
from metrics_app.models import Run, StageTiming
from metrics_app.tolerance import work_goes_on

LONGEST_MS: Final = 2**31 - 1
"""What a column holds, 24 days: what is longer is not known to it."""

PROBLEM_LENGTH: Final = 40


@dataclass(frozen=True, slots=True)
class StageTime:
    """`duration_ms` is `None` for a stage that did not end, or had nothing to do."""

    stage: str
    state: str
    duration_ms: int | None


@dataclass(frozen=True, slots=True)
class EndedRun:
    """The fields are those of `metrics_app.models.Run`; `outcome` is one of its `Outcome`s."""

    kind: str
    run_id: UUID
    owner_id: int | None
    queue: str
    mode: str
    outcome: str
    problem: str
    degraded: bool
    regenerated: bool | None
    agreement_difference: float | None
    waited_ms: int | None
    total_ms: int | None
    variants: Mapping[str, bool]
    finished_at: datetime
    stages: Sequence[StageTime]


def record_run(run: EndedRun) -> None:
    """Once, however often and by however many it is told. What cannot be written is logged: the
    run is worth more, and whoever tells runs finds it `unrecorded` later.
    """
    with work_goes_on("the end of a run was not recorded"):
        once = ["run_id"]
        (row,) = Run.objects.bulk_create(
            [_row(run)], update_conflicts=True, unique_fields=once, update_fields=once
        )
        times = [
            StageTiming(
                run=row, stage=time.stage, state=time.state, duration_ms=_held(time.duration_ms)
            )
            for time in run.stages
        ]
        StageTiming.objects.bulk_create(times, ignore_conflicts=True)
        note_if_late(Run, run.finished_at)


def unrecorded(kind: str, run_ids: Collection[UUID]) -> set[UUID]:
    """Those of the runs whose end nobody has recorded."""
    known = Run.objects.filter(kind=kind, run_id__in=run_ids).order_by()
    return set(run_ids) - set(known.values_list("run_id", flat=True))


def resume_run(run_id: UUID) -> None:
    """A run that had ended goes on: that end stays in the figures without its name, and the next
    one is recorded as well. What the next one tells again is left to it: how long the stages took
    that were done, and what became of the check.
    """
    with work_goes_on("the end of a run was not set apart from its next one"):
        ended = Run.objects.filter(run_id=run_id)
        for finished_at in ended.values_list("finished_at", flat=True):
            note_if_late(Run, finished_at)
        StageTiming.objects.filter(run__in=ended, duration_ms__isnull=False).delete()
        ended.update(run_id=None, owner_id=None, regenerated=None, agreement_difference=None)


def _row(run: EndedRun) -> Run:
    return Run(
        kind=run.kind,
        run_id=run.run_id,
        owner_id=run.owner_id,
        queue=run.queue,
        mode=run.mode,
        outcome=run.outcome,
        problem=run.problem[:PROBLEM_LENGTH],
        degraded=run.degraded,
        regenerated=run.regenerated,
        agreement_difference=run.agreement_difference,
        waited_ms=_held(run.waited_ms),
        total_ms=_held(run.total_ms),
        variants=dict(run.variants),
        finished_at=run.finished_at,
    )


def _held(milliseconds: int | None) -> int | None:
    return milliseconds if milliseconds is None or milliseconds <= LONGEST_MS else None
