"""Runs that have their first findings while the review is still to come."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.utils import timezone

from sessions_app import codec
from sessions_app.model_access import Snapshot
from sessions_app.models import PracticeSession, RunStage, RunState, SessionRun, StageState
from sessions_app.speech.findings import Finding, FindingKind
from sessions_app.speech.words import Word
from sessions_app.stages.context import Plan
from speechcoach.model_config import configured_models
from tests.sessions_app.finished import finished_run
from tests.sessions_app.samples import RULES, TRANSCRIPTION

SENTENCE = ("Um,", "we", "walk", "to", "the", "old", "harbour", "in", "the", "rain.")
WORDS = tuple(
    Word(text, at * 500, at * 500 + 300) for at, text in enumerate(SENTENCE * 6)
)  # half a minute
SPOKEN = replace(TRANSCRIPTION, words=WORDS)
FILLERS = tuple(
    Finding(FindingKind.FILLER, "um", "Um,", at, at + 1, at * 500, at * 500 + 300)
    for at in range(0, len(WORDS), len(SENTENCE))
)
FOUND = replace(
    RULES, findings=FILLERS, sentences=tuple((at, at + 10) for at in range(0, 60, 10)), caveats=()
)


def under_review(plan: Plan | None = None, **fields: Any) -> SessionRun:
    """Half a minute with six fillers, its refinement begun; `fields` go to the factory."""
    run = finished_run(
        own={"transcription": lambda context, check: SPOKEN, "rules": lambda context, check: FOUND},
        **fields,
    )
    run.metrics.delete()
    run.coaching.delete()
    run.stages.filter(stage="scoring").delete()
    RunStage.objects.filter(run=run, stage="refinement").update(
        state=StageState.RUNNING, output=None
    )
    PracticeSession.objects.filter(pk=run.session_id).update(current_run=None)
    SessionRun.objects.filter(pk=run.pk).update(
        state=RunState.PROCESSING,
        mode="",
        finished_at=None,
        lease_expires_at=timezone.now() + timedelta(minutes=1),
        snapshot=codec.dump(Snapshot(plan or Plan(), configured_models())),
    )
    return SessionRun.objects.select_related("session").get(pk=run.pk)
