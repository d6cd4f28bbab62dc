"""The ordered stages of a run, and what happens when one of them stops."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings

from sessions_app import actions, doorbell, files, queries, run_log
from sessions_app.heartbeat import HandBack, Heartbeat, RunCancelled
from sessions_app.model_access import with_new_patience
from sessions_app.models import SessionRun
from sessions_app.report import Report, StageTiming, assemble
from sessions_app.stages import concluding, media, refinement, rules, transcription
from sessions_app.stages.context import Check, Limits, ModelAccess, RunContext, Talk
from sessions_app.stages.conversing import in_conversation
from sessions_app.stages.hearing import hearing
from sessions_app.stages.outputs import MediaOutput, StageName, StepDown
from sessions_app.stages.problems import (
    DraftInstead,
    InputProblem,
    ModelAway,
    Problem,
    StageProblem,
)
from sessions_app.working_folder import working_folder

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Stage:
    """`run` computes without a database; `save` stores its output in the fenced transaction."""

    name: StageName
    run: Callable[[RunContext, Check], Any]
    save: Callable[[SessionRun, Any, Any], None]


STAGES = (
    Stage(StageName.MEDIA, media.run, actions.save_media),
    Stage(StageName.TRANSCRIPTION, transcription.run, actions.save_transcription),
    Stage(StageName.RULES, rules.run, actions.save_rules),
    Stage(StageName.REFINEMENT, refinement.run, actions.save_refinement),
    Stage(StageName.SCORING, concluding.run, actions.save_scoring),
)


def execute(run_id: UUID, stages: Sequence[Stage] = STAGES) -> None:
    """Work on a run until it ends or another process has to go on.

    Harmless for a run that is over or that another worker holds. A failure nobody foresaw is
    recorded like a killed worker and raised.
    """
    lease = actions.claim_run(run_id=run_id)
    if lease is None:
        logger.info("run %s: nothing to do here", run_id)
        return
    run = SessionRun.objects.select_related("session", "transcript").get(pk=run_id)
    try:
        with _deaths_recorded(lease), Heartbeat(lease, deadline_seconds=_deadline(run)) as beat:
            _work(lease, run, stages, beat.check)
    except actions.LeaseLost:
        logger.warning("run %s: lease lost, nothing more is written", run_id)
        actions.hand_back(lease)  # in case it is still ours: then our own clock gave it up


def _work(lease: actions.Lease, run: SessionRun, stages: Sequence[Stage], check: Check) -> None:
    try:
        run.snapshot = actions.keep_snapshot(lease)
        with files.storage_problems(), working_folder() as workdir:
            _run_stages(lease, run, stages, workdir, check)
        logger.info("session %s run %s: completed", run.session_id, run.number)
    except StageProblem as stopped:
        logger.info("session %s run %s: failed, %s", run.session_id, run.number, stopped)
        actions.fail_run(lease, problem=stopped.problem, detail=stopped.detail)
    except ModelAway as away:
        logger.info("session %s run %s: waits, %s", run.session_id, run.number, away)
        actions.wait_for_model(lease, reason=away.reason, retry_after=away.retry_after)
    except DraftInstead as instead:
        run_log.step_down(run, instead.step)
        actions.draft_instead(lease, step=instead.step)
        doorbell.ring(run.pk, doorbell.DRAFTS)
    except RunCancelled:
        logger.info("session %s run %s: cancelled", run.session_id, run.number)
        actions.mark_cancelled(lease)
    except HandBack:
        logger.info("session %s run %s: handed back", run.session_id, run.number)
        actions.hand_back(lease)
        doorbell.ring(run.pk, run.queue)


def _run_stages(
    lease: actions.Lease, run: SessionRun, stages: Sequence[Stage], workdir: Path, check: Check
) -> None:
    finished = queries.finished_stages(run)
    check()
    if run.session.recording_is_gone and not finished.issuperset(actions.NEEDING_THE_RECORDING):
        raise InputProblem(Problem.FILE_MISSING)
    left = [stage for stage in stages if stage.name not in finished]
    with _prepared(queries.run_context(run, workdir), check) as context:
        _run_in_order(lease, run, left, context, check)
        actions.complete_run(lease)  # nobody waits until what was open is closed


def _run_in_order(
    lease: actions.Lease,
    run: SessionRun,
    stages: Sequence[Stage],
    context: RunContext,
    check: Check,
) -> None:
    for stage in stages:
        check()
        actions.begin_stage(lease, stage=stage.name)
        if stage.name is StageName.SCORING:  # what was set right meanwhile counts as well
            context = replace(context, corrections=queries.corrections_for(run.pk))
        run_log.begun(run, stage.name, context)
        began = time.monotonic()
        output = stage.run(context, check)
        check()
        output = _save(lease, run, stage, output, context.workdir)
        run_log.done(run, stage.name, output, _ms_since(began))
        context = _advance(context, stage, output)
        context = replace(context, model=with_new_patience(context.model))


@contextmanager
def _prepared(context: RunContext, check: Check) -> Iterator[RunContext]:
    """With what stays open from one stage to the next."""
    with in_conversation(context.model) as model:
        context = replace(context, model=model)
        with hearing(context, check) as pieces:
            yield replace(context, hearing=pieces)


def _save(lease: actions.Lease, run: SessionRun, stage: Stage, output: Any, workdir: Path) -> Any:
    if not isinstance(output, MediaOutput):
        actions.save_stage(lease, stage=stage.name, output=output, save=stage.save)
        return output
    output = _kept(output, files.session_folder(run.session_id), lease.token.hex, workdir)
    try:
        actions.save_stage(lease, stage=stage.name, output=output, save=stage.save)
    except actions.LeaseLost:  # only then is it certain that no row names the files
        for name in filter(None, (output.audio_name, output.copy_name)):
            files.delete(name)
        raise
    return output


def _kept(output: MediaOutput, folder: str, token: str, workdir: Path) -> MediaOutput:
    """With the files of the stage in the storage, and their names."""
    audio = files.keep(workdir / media.SOUND_NAME, f"{folder}/audio-{token}.flac")
    copy = workdir / media.COPY_NAME
    kept = files.keep(copy, f"{folder}/recording-{token}") if copy.exists() else ""
    return replace(output, audio_name=audio, copy_name=kept)


def _advance(context: RunContext, stage: Stage, output: Any) -> RunContext:
    context = context.with_output(stage.name, output)
    if isinstance(output, MediaOutput):
        return replace(context, audio_path=context.workdir / media.SOUND_NAME)
    return context


def _deadline(run: SessionRun) -> int:
    seconds: int = settings.RUN_DEADLINE_SECONDS
    if run.queue == doorbell.DRAFTS:
        seconds = settings.DRAFT_DEADLINE_SECONDS
    return seconds


@contextmanager
def _deaths_recorded(lease: actions.Lease) -> Iterator[None]:
    """Let go of the lease when something unforeseen passes by, and let it pass."""
    try:
        yield
    except actions.LeaseLost:
        raise
    except BaseException as error:
        actions.record_death(lease, cause=type(error).__name__)
        raise


def analyze(talk: Talk, limits: Limits, model: ModelAccess | None = None) -> Report:
    """The same stages in memory, without a database of talks. Raises `StageProblem`."""
    started = time.monotonic()
    timings: list[StageTiming] = []
    steps: list[StepDown] = []
    with working_folder() as workdir:
        bare = RunContext(talk=talk, limits=limits, workdir=workdir, model=model)
        with _prepared(bare, _go_on) as prepared:
            context = _all_in_memory(prepared, timings, steps)
    if context.transcription is None:
        raise StageProblem(Problem.NO_SPEECH)
    if context.refinement is not None:
        steps += context.refinement.steps_down
    return assemble(
        title=talk.title,
        language=talk.language,
        kind=talk.kind,
        provisional=False,
        media=context.media,
        transcription=context.transcription,
        rules=context.rules,
        refinement=context.refinement,
        scoring=context.scoring,
        steps_down=tuple(steps),
        timings=tuple(timings),
        processing_time_ms=_ms_since(started),
    )


def _all_in_memory(
    context: RunContext, timings: list[StageTiming], steps: list[StepDown]
) -> RunContext:
    for stage in STAGES:
        began = time.monotonic()
        output = _in_memory(stage, context, steps)
        context = _advance(context, stage, output)
        state = "skipped" if output is None else "done"
        timings.append(StageTiming(stage.name, state, 1, _ms_since(began)))
    return context


def _in_memory(stage: Stage, context: RunContext, steps: list[StepDown]) -> Any:
    """Its output; a step down to a draft is taken at once and added to `steps`."""
    try:
        return stage.run(context, _go_on)
    except DraftInstead as instead:
        steps.append(instead.step)
        return stage.run(replace(context, draft=True), _go_on)


def _go_on() -> None:
    """Nothing stops a talk of the command line."""


def _ms_since(moment: float) -> int:
    return round((time.monotonic() - moment) * 1000)
