"""The way to the model for one run: what is configured now, and what the run began with."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial

from django.conf import settings
from django.db.models import Q
from django.db.models.functions import Now

from ai.config import Config, Models
from ai.ledger import Subject
from metrics_app import flags
from metrics_app.record import DatabaseBooks
from sessions_app import codec
from sessions_app.books import TalkBooks
from sessions_app.models import SessionRun
from sessions_app.own_answers import OwnAnswers
from sessions_app.stages.context import ModelAccess, Plan
from sessions_app.stages.outputs import Mode, TextSource
from speechcoach.model_config import configured_models, model_config

PARALLEL = "parallel_ai_processing"
WINDOWED = "windowed_analysis"
CONTENT_REVIEW = "content_review"
ANSWER_CACHE = "answer_cache"
EXPERIMENTAL_MODEL = "experimental_model"
RUN_KIND = "session"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Flags and settings as they were when a run began; later attempts go by them.

    Addresses and keys are not among them: those of today are the ones that work.
    """

    plan: Plan
    models: Models
    answer_cache: bool = True  # else the run finds only answers of its own
    experimental_model: bool = False  # one of `models`


def take_snapshot(run: SessionRun) -> Snapshot:
    owner = run.session.owner
    plan = replace(
        _plan(),
        coaching_only=run.coaching_only,
        parallel=flags.is_active(PARALLEL, owner) and _may_run_parallel(run),
        windowed=flags.is_active(WINDOWED, owner),
        content_review=flags.is_active(CONTENT_REVIEW, owner),
    )
    experiment = bool(settings.AI_MODEL_EXPERIMENTAL) and flags.is_active(EXPERIMENTAL_MODEL, owner)
    return Snapshot(
        plan,
        _models(experiment=experiment),
        answer_cache=flags.is_active(ANSWER_CACHE, owner),
        experimental_model=experiment,
    )


def variants_of(run: SessionRun) -> dict[str, bool] | None:
    """What the flags, by name, came to for a run that has begun."""
    if run.snapshot is None:
        return None
    snapshot = codec.load(Snapshot, run.snapshot)
    return {
        PARALLEL: snapshot.plan.parallel,
        WINDOWED: snapshot.plan.windowed,
        CONTENT_REVIEW: snapshot.plan.content_review,
        ANSWER_CACHE: snapshot.answer_cache,
        EXPERIMENTAL_MODEL: snapshot.experimental_model,
    }


def access_for(run: SessionRun) -> ModelAccess | None:
    """`None` when no model is configured. For a run whose worker has taken its snapshot."""
    config = model_config()
    if config is None:
        return None
    snapshot = codec.load(Snapshot, run.snapshot) if run.snapshot else take_snapshot(run)
    config = replace(config, models=snapshot.models)
    return ModelAccess(
        config=_without_chat(config) if run.wanted_mode == Mode.RULE_BASED else config,
        subject=Subject(run.session.owner_id, RUN_KIND, run.pk, run.session_id),
        books=TalkBooks if snapshot.answer_cache else partial(OwnAnswers, run.pk),
        plan=snapshot.plan,
        waits=_waits(run),
    )


def access_without_run() -> ModelAccess | None:
    """For a talk of the command line: nobody's, and nobody waits for a model that is away."""
    config = model_config()
    if config is None:
        return None
    plan = replace(_plan(), parallel=settings.ENABLE_PARALLEL_AI_PROCESSING)
    return ModelAccess(config, Subject(None, "analyze"), DatabaseBooks, plan)


def with_new_patience(access: ModelAccess | None) -> ModelAccess | None:
    """After a finished stage, which ends the waiting."""
    return access and replace(access, waits=settings.MODEL_WAIT_SECONDS > 0)


def embeds(run: SessionRun) -> bool:
    """Are there a model and exact words to make vectors of?"""
    config = model_config()
    if config is None or config.chat is None or not config.models.embedding:
        return False
    exact = run.transcript is not None and run.transcript.source != TextSource.DRAFT
    return exact and run.wanted_mode != Mode.RULE_BASED


def _models(*, experiment: bool) -> Models:
    models = configured_models()
    return replace(models, analysis=settings.AI_MODEL_EXPERIMENTAL) if experiment else models


def _plan() -> Plan:
    return Plan(
        threshold=settings.COACHING_REGENERATION_THRESHOLD,
        parallel_seconds=settings.PARALLEL_SECONDS,
        regeneration_seconds=settings.REGENERATION_SECONDS,
        sequential_seconds=settings.SEQUENTIAL_SECONDS,
        audio_format=settings.TRANSCRIPTION_AUDIO,
    )


def _may_run_parallel(run: SessionRun) -> bool:
    """The off-switch goes before the flag, and both before what the starter of the run wants."""
    switched_on: bool = settings.ENABLE_PARALLEL_AI_PROCESSING
    return switched_on and run.wanted_mode in ("", Mode.PARALLEL)


def _without_chat(config: Config) -> Config:
    """Recordings may still be transcribed."""
    return replace(config, chat=None)


def _waits(run: SessionRun) -> bool:
    """Is there patience left? By the database's clock, which also says when to try again."""
    latest = Now() - timedelta(seconds=settings.MODEL_WAIT_SECONDS)
    patient = Q(waiting_since=None) | Q(waiting_since__gt=latest)
    return settings.MODEL_WAIT_SECONDS > 0 and (
        SessionRun.objects.filter(patient, pk=run.pk).exists()
    )
