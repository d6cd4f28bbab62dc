"""Every read of this app that is more than one row by its key."""

from __future__ import annotations

from pathlib import Path

from django.db.models import Q, QuerySet, Sum
from django.db.models.functions import Now

from accounts_app.models import User
from sessions_app import codec, files
from sessions_app.coaching.schemas import Coaching
from sessions_app.limits import talk_limits
from sessions_app.models import (
    FINISHED_STAGES,
    LIVE_STATES,
    PracticeSession,
    RunMetrics,
    RunStage,
    SessionRun,
)
from sessions_app.report import Report, StageTiming, assemble
from sessions_app.speech.findings import (
    Finding,
    FindingKind,
    FindingSource,
    FindingStatus,
    Severity,
)
from sessions_app.speech.metrics import FORMULA_VERSION, Metrics
from sessions_app.speech.scores import Scores
from sessions_app.stages.context import RunContext, Talk
from sessions_app.stages.outputs import (
    Caveat,
    MediaOutput,
    Mode,
    RefinementOutput,
    RulesOutput,
    ScoringOutput,
    StageName,
    TextSource,
    Timing,
    TranscriptionOutput,
)

HISTORY_TALKS = 5


def sessions_of(owner: User) -> QuerySet[PracticeSession]:
    """The owner's talks, newest first, with what a list shows of them."""
    return PracticeSession.objects.filter(owner=owner).select_related(
        "latest_run", "current_run__metrics"
    )


def earlier_talks(session: PracticeSession) -> QuerySet[PracticeSession]:
    """The owner's finished talks before this one in its language, newest first.

    Without drafts: a recogniser that misses words makes everybody slower.
    """
    return (
        PracticeSession.objects.filter(
            owner=session.owner_id,
            language=session.language,
            created_at__lt=session.created_at,
            current_run__metrics__isnull=False,
        )
        .exclude(current_run__transcript__source=TextSource.DRAFT)
        .select_related("current_run__metrics")
    )


def media_bytes_of(owner: User) -> int:
    """Bytes of recordings the owner keeps here."""
    total = PracticeSession.objects.filter(owner=owner).aggregate(total=Sum("media_bytes"))
    return total["total"] or 0


def unattended_runs() -> QuerySet[SessionRun]:
    """Live runs that no living worker holds, oldest first."""
    free = Q(lease_token=None) | Q(lease_expires_at__lt=Now())
    return SessionRun.objects.filter(free, state__in=LIVE_STATES).order_by("queued_at")


def stage_rows(run: SessionRun) -> list[RunStage]:
    """The run's checkpoints in order of their start, without their outputs."""
    return list(run.stages.defer("output"))


def finished_stages(run: SessionRun) -> set[StageName]:
    rows = run.stages.filter(state__in=FINISHED_STAGES)
    return {StageName(name) for name in rows.values_list("stage", flat=True)}


def run_context(run: SessionRun, workdir: Path) -> RunContext:
    """The run as its stages see it, with the outputs its earlier attempts left."""
    session = run.session
    checkpoints = _checkpoints(run)
    media = _media(checkpoints)
    audio = media.audio_name if media else ""
    return RunContext(
        talk=_talk(session, workdir),
        limits=talk_limits(),
        workdir=workdir,
        media=media,
        audio_path=files.local_path(audio, workdir) if audio else None,
        transcription=_transcription(run),
        rules=_rules(run, checkpoints),
        refinement=_refinement(run),
        scoring=_scoring(run),
        history=_history(session),
    )


def report(run: SessionRun) -> Report | None:
    """What the run has found so far, or `None` before there are words."""
    transcription = _transcription(run)
    if transcription is None:
        return None
    session = run.session
    checkpoints = _checkpoints(run)
    return assemble(
        title=session.title,
        language=session.language,
        kind=session.kind,
        provisional=run.is_live,
        media=_media(checkpoints),
        transcription=transcription,
        rules=_rules(run, checkpoints),
        refinement=_refinement(run),
        scoring=_scoring(run),
        timings=tuple(
            StageTiming(row.stage, row.state, row.attempt, row.duration_ms)
            for row in checkpoints.values()
        ),
        processing_time_ms=run.processing_time_ms,
    )


def _talk(session: PracticeSession, workdir: Path) -> Talk:
    media = session.media.name
    return Talk(
        title=session.title,
        language=session.language,
        kind=session.kind,
        target_seconds=session.target_seconds,
        target_wpm=session.target_wpm,
        media_path=files.local_path(media, workdir) if media else None,
        transcript_text=session.transcript_text,
        transcript_format=session.transcript_format,
        speaker=session.speaker,
    )


def _checkpoints(run: SessionRun) -> dict[str, RunStage]:
    """The run's stages by name in order of their start, outputs included."""
    return {row.stage: row for row in run.stages.all()}


def _media(checkpoints: dict[str, RunStage]) -> MediaOutput | None:
    row = checkpoints.get(StageName.MEDIA)
    return codec.load(MediaOutput, row.output) if row and row.output else None


def _transcription(run: SessionRun) -> TranscriptionOutput | None:
    transcript = run.transcript
    if transcript is None:
        return None
    return TranscriptionOutput(
        words=codec.load_words(transcript.words),
        source=TextSource(transcript.source),
        timing=Timing(transcript.timing),
        language=transcript.language,
        engine=transcript.engine,
        caveats=tuple(Caveat(name) for name in transcript.caveats),
    )


def _rules(run: SessionRun, checkpoints: dict[str, RunStage]) -> RulesOutput | None:
    row = checkpoints.get(StageName.RULES)
    if row is None or row.output is None:
        return None
    return RulesOutput(
        findings=tuple(
            Finding(
                kind=FindingKind(found.kind),
                label=found.label,
                text=found.text,
                start_word=found.start_word,
                end_word=found.end_word,
                start_ms=found.start_ms,
                end_ms=found.end_ms,
                status=FindingStatus(found.status),
                severity=Severity(found.severity),
                source=FindingSource(found.source),
                confidence=found.confidence,
                why=found.why,
                advice=found.advice,
            )
            for found in run.findings.all()
        ),
        sentences=tuple((start, end) for start, end in row.output["sentences"]),
        caveats=tuple(Caveat(name) for name in row.output["caveats"]),
    )


def _refinement(run: SessionRun) -> RefinementOutput | None:
    note = getattr(run, "coaching", None)
    if note is None:
        return None
    # Not the run's mode: `run` may have been read just before a worker saved both.
    return RefinementOutput(Mode(note.source), codec.load(Coaching, note.content))


def _scoring(run: SessionRun) -> ScoringOutput | None:
    stored = getattr(run, "metrics", None)
    if stored is None:
        return None
    return ScoringOutput(codec.load(Metrics, stored.metrics), codec.load(Scores, stored.scores))


def _history(session: PracticeSession) -> tuple[Metrics, ...]:
    """The last talks this one can be compared with, oldest first."""
    rows = RunMetrics.objects.filter(
        formula_version=FORMULA_VERSION,
        run__in=earlier_talks(session).values("current_run"),
    ).order_by("-run__session__created_at")[:HISTORY_TALKS]
    return tuple(codec.load(Metrics, row.metrics) for row in reversed(rows))
