"""Telling the records how a run ended."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from pydantic import ValidationError

from metrics_app.record import EndedRun, StageTime, record_run, unrecorded
from sessions_app.actions.reuse import stage_of
from sessions_app.model_access import PARALLEL, RUN_KIND, variants_of
from sessions_app.models import LIVE_STATES, PracticeSession, RunStage, SessionRun, StageState
from sessions_app.stages.outputs import Mode, StageName, TextSource
from speechcoach.model_config import model_config

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
    """What was taken over from an earlier run is that one's record. How long it takes to do a part
    is no time of a report.
    """
    reused = {row.stage for row in rows if row.state == StageState.REUSED}
    refined = StageName.REFINEMENT not in reused
    whole = not reused and not any(_is_earlier(row, run) for row in rows)
    return EndedRun(
        kind=RUN_KIND,
        run_id=run.pk,
        owner_id=owner_id,
        queue=run.queue,
        mode=_mode(run, rows) if refined else "",
        outcome=run.state,
        problem=run.problem,
        degraded=any(stage_of(step) not in reused for step in run.steps_down),
        regenerated=run.coaching_regenerated if refined else None,
        agreement_difference=run.fillers_difference if refined else None,
        waited_ms=_ms(run.queued_at, run.started_at),
        total_ms=run.processing_time_ms if whole else None,
        variants=_variants(run, refined=refined),
        finished_at=run.finished_at or timezone.now(),
        stages=[_time(row) for row in rows],
    )


def _is_earlier(row: RunStage, run: SessionRun) -> bool:
    """Was it done before the run was taken up again?"""
    return row.finished_at is not None and row.finished_at < run.queued_at


def _time(row: RunStage) -> StageTime:
    taken = row.duration_ms if row.state == StageState.DONE else None
    return StageTime(row.stage, row.state, taken)


def _mode(run: SessionRun, rows: Iterable[RunStage]) -> str:
    """That of the second reading; where it did not end, the one in which it began."""
    if run.mode or not any(row.stage == StageName.REFINEMENT and _stopped(row) for row in rows):
        return run.mode
    config = model_config()
    if config is None or config.chat is None or not _is_read(run):
        return Mode.RULE_BASED
    return Mode.PARALLEL if _variants(run, refined=True).get(PARALLEL) else Mode.SEQUENTIAL


def _stopped(row: RunStage) -> bool:
    return row.state in (StageState.RUNNING, StageState.FAILED)


def _ms(begin: datetime, end: datetime | None) -> int | None:
    """Clocks of several hosts need not agree: never less than none."""
    return None if end is None else max(0, round((end - begin).total_seconds() * 1000))


def _variants(run: SessionRun, *, refined: bool) -> dict[str, bool]:
    """None of a run that never began, or began with settings this version does not know; without
    the parallel way where there was nothing to go it for.
    """
    try:
        variants = variants_of(run) or {}
    except ValidationError:
        return {}
    if not refined or run.coaching_only or not _is_read(run):
        variants.pop(PARALLEL, None)
    return variants


def _is_read(run: SessionRun) -> bool:
    """By a model, if there is one: rough drafts are not."""
    drafted = run.transcript is not None and run.transcript.source == TextSource.DRAFT
    return not drafted and run.wanted_mode != Mode.RULE_BASED
