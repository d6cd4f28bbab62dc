"""Every read of this app that is more than one row by its key."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from django.db.models import F, Q, QuerySet, Sum, prefetch_related_objects

from accounts_app.models import User
from sessions_app import codec, files
from sessions_app.checkpoints import (
    media_of,
    refinement_of,
    rows_of,
    rules_of,
    scoring_of,
    standing_corrections,
    steps_down_of,
    talk_of,
    transcription_of,
)
from sessions_app.coaching.rule_based import too_short_to_coach
from sessions_app.doorbell import DRAFTS
from sessions_app.history import earlier_talks as earlier_talks  # noqa: PLC0414
from sessions_app.history import history_of
from sessions_app.limits import talk_limits
from sessions_app.model_access import access_for
from sessions_app.models import (
    FINISHED_STAGES,
    Correction,
    Passage,
    PracticeSession,
    RunStage,
    SessionRun,
    SimilarMoment,
    embedding_due,
    unattended,
)
from sessions_app.past_reports import coaching_of as coaching_of  # noqa: PLC0414
from sessions_app.past_reports import past_reports as past_reports  # noqa: PLC0414
from sessions_app.past_reports import (
    reported_languages as reported_languages,  # noqa: PLC0414
)
from sessions_app.report import Report, StageTiming, assemble
from sessions_app.speech import corrections
from sessions_app.speech.metrics import Metrics
from sessions_app.stages.context import RunContext
from sessions_app.stages.outputs import Caveat, Mode, StageName, TextSource
from sessions_app.talk_filter import TalkFilter, filtered
from speechcoach.model_config import model_config

PARTS_MISSING = frozenset({Caveat.REVIEW_MISSING, Caveat.WINDOWS_MISSING})
EARLIER_PASSAGES = 1_000
"""Hours of talks; a vector of 1,536 numbers takes some 50 kB while it is compared."""


def sessions_of(owner: User) -> QuerySet[PracticeSession]:
    """The owner's talks, newest first, with what a list shows of them."""
    talks = PracticeSession.objects.filter(owner=owner)
    return talks.select_related("latest_run", "current_run__metrics", "retake_of").defer(
        "retake_of__transcript_text", "retake_of__prompt"
    )


def found_talks(owner: User, wish: TalkFilter) -> QuerySet[PracticeSession]:
    """Those of the owner's talks that fit, in the order wished for."""
    return filtered(sessions_of(owner), wish)


def talk_to_retake(owner: User, pk: str) -> PracticeSession | None:
    """The owner's talk of this key; `None` for any other text."""
    try:
        key = UUID(pk)
    except ValueError:
        return None
    return PracticeSession.objects.filter(owner=owner, pk=key).select_related("retake_of").first()


def attempts_at(session: PracticeSession) -> list[PracticeSession]:
    """The talk and its owner's other attempts at the same, oldest first, without their words."""
    first = session.retake_of_id or session.pk
    return list(
        PracticeSession.objects.filter(Q(pk=first) | Q(retake_of=first), owner=session.owner_id)
        .select_related("current_run__metrics", "current_run__transcript")
        .defer("transcript_text", "current_run__transcript__words")
        .order_by("created_at", "pk")
    )


def media_bytes_of(owner: User) -> int:
    """Bytes of recordings the owner keeps here."""
    total = PracticeSession.objects.filter(owner=owner).aggregate(total=Sum("media_bytes"))
    return total["total"] or 0


def unattended_runs() -> QuerySet[SessionRun]:
    """Live runs whose time it is and that no living worker holds, oldest first."""
    return SessionRun.objects.filter(unattended()).order_by("queued_at")


def due_embeddings() -> QuerySet[RunStage]:
    """Embeddings of finished runs that a worker may take up, oldest first."""
    return RunStage.objects.filter(embedding_due()).order_by("started_at")


def try_again_from(session: PracticeSession) -> StageName | None:
    """Where a new run has to begin to give a better report; `None` when it would give no other.

    A draft can be written by a server that is configured by now; a report made by rules alone, or
    with parts of its reading missing, can be read by the model.
    """
    run, config = session.current_run, model_config()
    latest = session.latest_run
    if run is None or run.transcript is None or config is None or (latest and latest.is_live):
        return None
    if run.transcript.source == TextSource.DRAFT:
        possible = config.transcription is not None and bool(session.media)
        return StageName.TRANSCRIPTION if possible else None
    return StageName.REFINEMENT if config.chat is not None and _lacks_reading(run) else None


def _lacks_reading(run: SessionRun) -> bool:
    """Not so for a talk too short to be read; nor for one read one rung lower, which is whole."""
    if run.mode == Mode.RULE_BASED:
        stored = getattr(run, "metrics", None)
        return stored is not None and not too_short_to_coach(codec.load(Metrics, stored.metrics))
    stage = run.stages.filter(stage=StageName.REFINEMENT).first()
    caveats = (stage.output or {}).get("caveats", ()) if stage else ()
    return not PARTS_MISSING.isdisjoint(caveats)


def corrections_of(session: PracticeSession) -> list[Correction]:
    """What its speaker set right and did not take back, newest first."""
    return list(session.corrections.filter(taken_back_at=None).order_by("-pk"))


def corrections_for(run_id: UUID) -> tuple[corrections.Correction, ...]:
    """The standing corrections by the words the run has by now; none before it has words."""
    return standing_corrections(SessionRun.objects.select_related("transcript").get(pk=run_id))


def earlier_passages(run: SessionRun, model: str) -> list[tuple[int, tuple[float, ...]]]:
    """Keys and vectors, made by `model`, of the reports of the owner's earlier talks."""
    session = run.session
    passages = Passage.objects.filter(
        model=model,
        run__session__owner=session.owner_id,
        run__session__created_at__lt=session.created_at,
        run__session__current_run=F("run"),
    )
    vectors = passages.order_by("-run__session__created_at")[:EARLIER_PASSAGES]
    return [(key, codec.load_vector(data)) for key, data in vectors.values_list("pk", "vector")]


def similar_moments(run: SessionRun) -> QuerySet[SimilarMoment]:
    """Where this talk is like earlier ones, the most similar first."""
    found = SimilarMoment.objects.filter(passage__run=run)
    shown = found.select_related("passage", "earlier__run__session")
    return shown.defer("passage__vector", "earlier__vector").order_by("-similarity", "id")


def stage_rows(run: SessionRun) -> list[RunStage]:
    """The run's checkpoints in order of their start, without their outputs."""
    return list(run.stages.defer("output"))


def finished_stages(run: SessionRun) -> set[StageName]:
    rows = run.stages.filter(state__in=FINISHED_STAGES)
    return {StageName(name) for name in rows.values_list("stage", flat=True)}


def run_context(run: SessionRun, workdir: Path) -> RunContext:
    """The run as its stages see it, with the outputs its earlier attempts left. Of the files it has
    those that the next stage reads: in a bucket they are fetched.
    """
    session, rows = run.session, rows_of(run)
    media, transcription = media_of(rows), transcription_of(run)
    audio = media.audio_name if media and transcription is None else ""
    recording = session.media.name if media is None else ""
    return RunContext(
        talk=talk_of(session, files.local_path(recording, workdir) if recording else None),
        limits=talk_limits(),
        workdir=workdir,
        media=media,
        audio_path=files.local_path(audio, workdir) if audio else None,
        transcription=transcription,
        rules=rules_of(run, rows),
        refinement=refinement_of(run, rows),
        scoring=scoring_of(rows),
        history=history_of(session),
        model=access_for(run),
        draft=run.queue == DRAFTS,
    )


def words_context(run: SessionRun, workdir: Path) -> RunContext:
    """What a stage needs that works on the words alone: no file is looked at."""
    return RunContext(
        talk=talk_of(run.session, None),
        limits=talk_limits(),
        workdir=workdir,
        transcription=transcription_of(run),
        rules=rules_of(run, rows_of(run)),
        model=access_for(run),
    )


def report(run: SessionRun) -> Report | None:
    """What the run has found so far, or `None` before there are words."""
    transcription = transcription_of(run)
    if transcription is None:
        return None
    session = run.session
    rows = rows_of(run)
    prefetch_related_objects([run], "findings")  # two stages hand them on
    return assemble(
        title=session.title,
        language=session.language,
        kind=session.kind,
        provisional=run.is_live,
        media=media_of(rows),
        transcription=transcription,
        rules=rules_of(run, rows),
        refinement=refinement_of(run, rows),
        scoring=scoring_of(rows),
        steps_down=steps_down_of(run),
        timings=tuple(
            StageTiming(row.stage, row.state, row.attempt, row.duration_ms) for row in rows.values()
        ),
        processing_time_ms=run.processing_time_ms,
    )
