"""Starting, repeating and ending runs from outside."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max, Q
from django.db.models.functions import Now

from metrics_app.record import resume_run
from sessions_app import doorbell
from sessions_app.actions.endings import record_end
from sessions_app.actions.leases import NOT_WAITING
from sessions_app.actions.reuse import reuse_stages
from sessions_app.models import LIVE_STATES, PracticeSession, RunState, SessionRun
from sessions_app.stages.outputs import Mode, Rung, StageName
from speechcoach.model_config import model_config

NEEDING_THE_RECORDING = (StageName.MEDIA, StageName.TRANSCRIPTION)


class RunInProgress(Exception):
    """The session has a live run: wait for it or cancel it first."""


class RecordingGone(Exception):
    """The recording was removed: only stages that do not need it can run again."""


@transaction.atomic
def start_run(
    *,
    session: PracticeSession,
    from_stage: str = "",
    wanted_mode: str = "",
    coaching_only: bool = False,
    bulk: bool = False,
) -> SessionRun:
    """Begin a new run; the old report stays visible until it is complete.

    With `from_stage` the stages before it are taken over from the current run. `wanted_mode` is
    the highest rung allowed. `coaching_only` keeps what the second reading said and has the
    coaching written anew; a report without such a reading is read as a whole. `bulk`: one of many
    that nobody waits for.
    Raises `RunInProgress`, `RecordingGone`, and `ValueError` when there is no finished run to
    take over from, or no model to write new coaching.
    """
    from_stage = StageName.REFINEMENT if coaching_only else from_stage
    _check(from_stage, wanted_mode)
    session = _locked(session.pk)
    latest = session.latest_run
    if latest is not None and latest.is_live:
        raise RunInProgress(str(session.pk))
    if session.recording_is_gone and from_stage in ("", *NEEDING_THE_RECORDING):
        raise RecordingGone(str(session.pk))
    coaching_only = coaching_only and _was_reread(session.current_run)
    last = session.runs.aggregate(last=Max("number"))["last"] or 0
    run = SessionRun.objects.create(
        session=session,
        number=last + 1,
        from_stage=from_stage,
        queue=_queue_for(session, from_stage, bulk),
        wanted_mode=wanted_mode,
        coaching_only=coaching_only,
    )
    if from_stage:
        reuse_stages(run=run, source=session.current_run, before=from_stage)
    session.latest_run = run
    session.save(update_fields=["latest_run"])
    _ring_on_commit(run)
    return run


def _was_reread(run: SessionRun | None) -> bool:
    """Raises `ValueError` for a reading that only rules could coach on now."""
    if run is None or run.mode in ("", Mode.RULE_BASED):
        return False
    config = model_config()
    if config is None or config.chat is None:
        raise ValueError("No model is configured that could write new coaching.")
    return True


def _check(from_stage: str, wanted_mode: str) -> None:
    """Raises `ValueError` for what no run can begin with."""
    if from_stage and StageName(from_stage) is StageName.EMBEDDINGS:
        raise ValueError("Embeddings are made after a run, not by one.")
    if wanted_mode:
        Mode(wanted_mode)


def retry_run(*, run: SessionRun) -> bool:
    """Take up a failed or cancelled run at the stage where it stopped."""
    return _requeue(run, RunState.FAILED, RunState.CANCELLED)


def release_run(*, run: SessionRun) -> bool:
    """Let a run out of quarantine for another try."""
    return _requeue(run, RunState.QUARANTINED)


@transaction.atomic
def _requeue(run: SessionRun, *states: RunState) -> bool:
    """Compare and set; `False` when the run is in another state or not its session's latest.

    The run begins anew with the settings of now: a wrong one may be what it failed for.
    """
    session = _locked(run.session_id)
    run.refresh_from_db()
    stopped = SessionRun.objects.filter(pk=run.pk, state__in=states, session__latest_run=run.pk)
    changed = stopped.update(
        state=RunState.QUEUED,
        problem="",
        problem_detail="",
        deaths=0,
        cancel_requested=False,
        queued_at=Now(),
        started_at=None,
        finished_at=None,
        snapshot=None,
        **NOT_WAITING,
        **_way_to_words(run, session),
    )
    if changed:
        run.refresh_from_db()
        resume_run(run.pk)
        _ring_on_commit(run)
    return bool(changed)


def _way_to_words(run: SessionRun, session: PracticeSession) -> dict[str, Any]:
    """A run that has no words yet begins with their best source again, not with a rough draft.
    Somebody asked for this one: it is none of many any more.
    """
    if run.transcript_id is not None:
        return {"queue": doorbell.DEFAULT} if run.queue == doorbell.BULK else {}
    steps = [step for step in run.steps_down if step["left"] != Rung.API]
    return {"queue": _queue_for(session, run.from_stage), "steps_down": steps}


@transaction.atomic
def cancel_run(*, run: SessionRun) -> None:
    """End a run that nobody works on; ask the worker of one that is being worked on."""
    live = SessionRun.objects.filter(pk=run.pk, state__in=LIVE_STATES)
    live.update(cancel_requested=True)  # first: a worker that lets go of the run looks for it
    ended = live.filter(Q(lease_token=None) | Q(lease_expires_at__lt=Now())).update(
        state=RunState.CANCELLED,
        lease_token=None,
        lease_expires_at=None,
        finished_at=Now(),
        **NOT_WAITING,
    )
    if ended:
        record_end(SessionRun.objects.get(pk=run.pk))


def _locked(session_id: UUID) -> PracticeSession:
    """The session, so that its runs are started and taken up again one at a time."""
    return PracticeSession.objects.select_for_update(of=("self",), no_key=True).get(pk=session_id)


def _queue_for(session: PracticeSession, from_stage: str, bulk: bool = False) -> str:
    """That of drafts when the words will have to be recognised on this machine."""
    queue = doorbell.BULK if bulk else doorbell.DEFAULT
    if not session.media or session.transcript_text:
        return queue
    if from_stage not in ("", *NEEDING_THE_RECORDING):
        return queue
    config = model_config()
    heard_elsewhere = config is not None and config.transcription is not None
    return queue if heard_elsewhere else doorbell.DRAFTS


def _ring_on_commit(run: SessionRun) -> None:
    transaction.on_commit(partial(doorbell.ring, run.pk, run.queue))
