"""Telling the records how a run ended."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from pydantic import ValidationError

from metrics_app.record import EndedRun, StageTime, record_run, unrecorded
from sessions_app.actions.reuse import stage_of
from sessions_app.model_access import RUN_KIND, variants_of
from sessions_app.models import LIVE_STATES, PracticeSession, RunStage, SessionRun, StageState
from sessions_app.stages.outputs import StageName

RECENT: Final = timedelta(days=1)
"""How long after its end a run is still recorded: older days have been added up."""


def record_end(run: SessionRun) -> None:
    """Within the transaction in which the run ends; it ends also when that cannot be recorded."""
    owners = PracticeSession.objects.filter(pk=run.session_id)
    rows = list(run.stages.exclude(stage=StageName.EMBEDDINGS).defer("output"))
    record_run(_ended(run, rows, owners.values_list("owner_id", flat=True).first()))


def record_missing() -> list[UUID]:
    """Record the runs of the last day whose end is not, for whatever reason; their keys."""
    ended = SessionRun.objects.exclude(state__in=LIVE_STATES)
    ended = ended.filter(finished_at__gte=timezone.now() - RECENT)
    sessions = dict(ended.values_list("pk", "session_id"))
    missing = unrecorded(RUN_KIND, sessions.keys())
    return [run_id for run_id in missing if _record_late(run_id, sessions[run_id])]


@transaction.atomic
def _record_late(run_id: UUID, session_id: UUID) -> bool:
    """Unless it was taken up again or deleted since. Who does either waits for the lock, and then
    finds the record.
    """
    session = PracticeSession.objects.select_for_update(of=("self",), no_key=True)
    if not session.filter(pk=session_id).values_list("pk"):
        return False
    run = SessionRun.objects.exclude(state__in=LIVE_STATES).filter(pk=run_id).first()
    if run is not None:
        record_end(run)
    return run is not None


def _ended(run: SessionRun, rows: list[RunStage], owner_id: int | None) -> EndedRun:
    """What was taken over from an earlier run is that one's record."""
    reused = {row.stage for row in rows if row.state == StageState.REUSED}
    refined = StageName.REFINEMENT not in reused
    return EndedRun(
        kind=RUN_KIND,
        run_id=run.pk,
        owner_id=owner_id,
        queue=run.queue,
        mode=run.mode if refined else "",
        outcome=run.state,
        problem=run.problem,
        degraded=any(stage_of(step) not in reused for step in run.steps_down),
        regenerated=run.coaching_regenerated if refined else None,
        agreement_difference=run.fillers_difference if refined else None,
        waited_ms=_ms(run.queued_at, run.started_at),
        total_ms=run.processing_time_ms,
        variants=_variants(run),
        finished_at=run.finished_at or timezone.now(),
        stages=[_time(row) for row in rows],
    )


def _time(row: RunStage) -> StageTime:
    taken = row.duration_ms if row.state == StageState.DONE else None
    return StageTime(row.stage, row.state, taken)


def _ms(begin: datetime, end: datetime | None) -> int | None:
    """Clocks of several hosts need not agree: never less than none."""
    return None if end is None else max(0, round((end - begin).total_seconds() * 1000))


def _variants(run: SessionRun) -> dict[str, bool]:
    """None of a run that never began, or began with settings this version does not know."""
    try:
        return variants_of(run) or {}
    except ValidationError:
        return {}
