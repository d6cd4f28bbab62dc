"""Rows of finished talks for tests, made without a pipeline: a thousand take a second."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from accounts_app.models import User
from sessions_app import codec
from sessions_app.models import (
    CoachingNote,
    PracticeSession,
    RunMetrics,
    RunState,
    SessionRun,
    Transcript,
)
from sessions_app.speech.metrics import Metrics, PauseCounts
from sessions_app.speech.norms import pace_norm
from sessions_app.speech.scores import score
from sessions_app.stages.outputs import TextSource, Timing
from tests.sessions_app.samples import METRICS, REFINEMENT

FIRST = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)

LONG = replace(
    METRICS,
    duration_ms=125_000,
    speaking_ms=120_000,
    word_count=280,
    wpm=140.0,
    fillers_total=8,
    filler_sounds=8,
    fillers_per_minute=4.0,
    pauses=PauseCounts(14, 3, 2, 0, 1),
    longest_pause_ms=2_000,
    loudness_sd_db=4.0,
    pitch_range_semitones=7.0,
    vocabulary_variety=0.72,
)
"""A talk of two minutes in which everything is known."""


def talks(
    owner: User,
    measured: Sequence[Metrics],
    *,
    source: TextSource = TextSource.OWN,
    first: datetime = FIRST,
    coached: bool = False,
    **fields: Any,
) -> list[PracticeSession]:
    """Finished talks with these measures, a day apart, oldest first."""
    days = [first + timedelta(days=at) for at in range(len(measured))]
    sessions = PracticeSession.objects.bulk_create(
        PracticeSession(owner=owner, **{"title": f"Talk {at}", **fields})
        for at in range(1, len(measured) + 1)
    )
    scripts = Transcript.objects.bulk_create(
        Transcript(session=each, source=source, timing=Timing.ALIGNED, language="en", words=[])
        for each in sessions
    )
    runs = SessionRun.objects.bulk_create(
        SessionRun(
            pk=uuid.uuid4(),
            session=each,
            number=1,
            queue="default",
            state=RunState.COMPLETED,
            transcript=script,
        )
        for each, script in zip(sessions, scripts, strict=True)
    )
    RunMetrics.objects.bulk_create(
        stored(run, metrics) for run, metrics in zip(runs, measured, strict=True)
    )
    if coached:
        content = codec.dump(REFINEMENT.coaching)
        CoachingNote.objects.bulk_create(
            CoachingNote(run=run, source="rules", content=content) for run in runs
        )
    for session, run, day in zip(sessions, runs, days, strict=True):
        session.current_run = session.latest_run = run
        session.created_at = day
    PracticeSession.objects.bulk_update(
        sessions, ["current_run", "latest_run", "created_at"], batch_size=200
    )
    return sessions


def stored(run: SessionRun, metrics: Metrics) -> RunMetrics:
    scores = score(metrics, pace_norm(run.session.target_wpm))
    return RunMetrics(
        run=run,
        formula_version=metrics.formula_version,
        overall_score=scores.overall.value if scores.overall else None,
        wpm=metrics.wpm,
        fillers_per_minute=metrics.fillers_per_minute,
        duration_ms=metrics.duration_ms,
        word_count=metrics.word_count,
        fillers_total=metrics.fillers_total,
        metrics=codec.dump(metrics),
        scores=codec.dump(scores),
    )


def with_fillers(*rates: float) -> list[Metrics]:
    return [
        replace(LONG, fillers_per_minute=rate, fillers_total=round(2 * rate), filler_sounds=0)
        for rate in rates
    ]
