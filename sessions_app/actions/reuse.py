"""Carrying finished stages from one run of a session to the next."""

from __future__ import annotations

from django.utils import timezone

from sessions_app.checkpoints import finding_rows, findings_of
from sessions_app.coaching.verdicts import unreviewed
from sessions_app.models import (
    FINISHED_STAGES,
    CoachingNote,
    Finding,
    RunStage,
    SessionRun,
    StageState,
)
from sessions_app.stages.outputs import Rung, StageName

ORDER = list(StageName)
_OF_REFINEMENT = (
    "mode",
    "coaching_regenerated",
    "regeneration_grounds",
    "fillers_by_rule",
    "fillers_by_ai",
    "fillers_difference",
)


def reuse_stages(*, run: SessionRun, source: SessionRun | None, before: str) -> None:
    """Give `run` the outputs of the stages before `before`. Raises `ValueError` without any.

    Where only the coaching is asked anew, the rest of the refinement is handed on as well.
    """
    if source is None:
        raise ValueError("There is no finished run whose stages could be taken over.")
    kept = ORDER[: ORDER.index(StageName(before))]
    rows = {row.stage: row for row in source.stages.filter(state__in=FINISHED_STAGES)}
    for stage in kept:
        if stage in rows:
            _copy_row(rows[stage], run, StageState.REUSED)
    if StageName.TRANSCRIPTION in kept:
        run.transcript = source.transcript
    if StageName.RULES in kept:
        _copy_findings(source, run, reviewed=run.coaching_only or StageName.REFINEMENT in kept)
    if StageName.REFINEMENT in kept:
        _copy_coaching(source, run)
        for field in _OF_REFINEMENT:
            setattr(run, field, getattr(source, field))
    elif run.coaching_only and StageName.REFINEMENT in rows:
        _copy_row(rows[StageName.REFINEMENT], run, StageState.PENDING)
        _copy_coaching(source, run)
    run.steps_down = [step for step in source.steps_down if stage_of(step) in kept]
    run.save()


def _copy_row(row: RunStage, run: SessionRun, state: StageState) -> None:
    now = timezone.now()
    RunStage.objects.create(
        run=run,
        stage=row.stage,
        state=state,
        attempt=1 if state == StageState.REUSED else 0,
        started_at=now,
        finished_at=now if state == StageState.REUSED else None,
        duration_ms=0 if state == StageState.REUSED else None,
        output=row.output,
    )


def _copy_findings(source: SessionRun, run: SessionRun, *, reviewed: bool) -> None:
    """Without what a second reader said of them, when they are to be read again."""
    findings = findings_of(source)
    kept = findings if reviewed else tuple(unreviewed(findings))
    Finding.objects.bulk_create(finding_rows(run, kept))


def _copy_coaching(source: SessionRun, run: SessionRun) -> None:
    if note := CoachingNote.objects.filter(run=source).first():
        CoachingNote.objects.create(run=run, source=note.source, content=note.content)


def stage_of(step: dict[str, str]) -> StageName:
    """Where a step down the ladder was made."""
    return StageName.TRANSCRIPTION if step["left"] == Rung.API else StageName.REFINEMENT
