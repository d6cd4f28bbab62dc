"""Letting go of a run that is to go on later, or elsewhere. All raise `LeaseLost`."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models.functions import Now

from sessions_app import codec, doorbell
from sessions_app.actions.leases import Lease, fenced
from sessions_app.actions.outcomes import close_run
from sessions_app.models import RunStage, RunState, SessionRun, StageState
from sessions_app.stages.outputs import StepDown

LONGEST_PAUSE = 60.0
SHORTEST_PAUSE = 1.0
"""Seconds between two tries, whatever the settings say of shorter ones."""


def wait_for_model(lease: Lease, *, reason: str, retry_after: float | None) -> None:
    """Take the run up again when the model may be back: after a pause that doubles, and not before
    `retry_after` seconds; at the latest when its patience is over.
    """
    with fenced(lease) as run:
        now = _database_time(run)
        since = run.waiting_since or now
        run.waiting_since = since
        run.waiting_reason = reason
        run.next_try_at = min(
            now + timedelta(seconds=_pause((now - since).total_seconds(), retry_after)),
            since + timedelta(seconds=settings.MODEL_WAIT_SECONDS),
        )
        _let_go(run, RunState.WAITING_FOR_MODEL)


def draft_instead(lease: Lease, *, step: StepDown) -> None:
    """Let the run go on in the queue for rough drafts."""
    with fenced(lease) as run:
        run.steps_down = [*run.steps_down, codec.dump(step)]
        run.queue = doorbell.DRAFTS
        run.waiting_reason, run.waiting_since = "", None
        _let_go(run, RunState.QUEUED)


def _pause(waited: float, retry_after: float | None) -> float:
    """Seconds. After pauses of 15 and 30 it has waited for 45, and the next one is 60.

    Also where the breaker says that it is open for less: each look takes a worker's time, and in an
    outage those who come later want it for the report by rules.
    """
    growing: float = min(settings.MODEL_RETRY_SECONDS + waited, LONGEST_PAUSE)
    wanted = max(growing, retry_after or 0.0, SHORTEST_PAUSE)
    return min(wanted, float(settings.MODEL_WAIT_SECONDS))


def _let_go(run: SessionRun, state: RunState) -> None:
    """Unless somebody wants the end of the run: then this is it."""
    RunStage.objects.filter(run=run, state=StageState.RUNNING).update(state=StageState.PENDING)
    if run.cancel_requested:
        close_run(run, RunState.CANCELLED)
        return
    run.state = state
    run.lease_token = None
    run.lease_expires_at = None
    run.save()


def _database_time(run: SessionRun) -> datetime:
    now: datetime = SessionRun.objects.values_list(Now(), flat=True).get(pk=run.pk)
    return now
