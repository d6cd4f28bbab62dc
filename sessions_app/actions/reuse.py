"""Carrying finished stages from one run of a session to the next."""

from __future__ import annotations

from django.utils import timezone

from sessions_app.models import (
    FINISHED_STAGES,
    CoachingNote,
    Finding,
    RunStage,
    SessionRun,
    StageState,
)
from sessions_app.stages.outputs import StageName

ORDER = list(StageName)


def reuse_stages(*, run: SessionRun, source: SessionRun | None, before: str) -> None:
    """Give `run` the outputs of the stages before `before`. Raises `ValueError` without any."""
    if source is None:
        raise ValueError("There is no finished run whose stages could be taken over.")
    kept = ORDER[: ORDER.index(StageName(before))]
    for row in source.stages.filter(stage__in=kept, state__in=FINISHED_STAGES):
        _copy_row(row, run)
        if row.stage == StageName.TRANSCRIPTION:
            SessionRun.objects.filter(pk=run.pk).update(transcript=source.transcript)
        elif row.stage == StageName.RULES:
            _copy_findings(source, run)
        elif row.stage == StageName.REFINEMENT:
            _copy_coaching(source, run)
    run.refresh_from_db()


def _copy_row(row: RunStage, run: SessionRun) -> None:
    now = timezone.now()
    RunStage.objects.create(
        run=run,
        stage=row.stage,
        state=StageState.REUSED,
        started_at=now,
        finished_at=now,
        duration_ms=0,
        output=row.output,
    )


def _copy_findings(source: SessionRun, run: SessionRun) -> None:
    copies = list(source.findings.all())
    for finding in copies:
        finding.pk = None
        finding.run = run
    Finding.objects.bulk_create(copies)


def _copy_coaching(source: SessionRun, run: SessionRun) -> None:
    note = CoachingNote.objects.get(run=source)
    CoachingNote.objects.create(run=run, source=note.source, content=note.content)
    SessionRun.objects.filter(pk=run.pk).update(mode=source.mode)
