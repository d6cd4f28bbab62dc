"""How a run ends. Each ending checks the lease and lets go of it. All raise `LeaseLost`."""

from __future__ import annotations

from django.utils import timezone

from sessions_app.actions.leases import Lease, fenced
from sessions_app.models import PracticeSession, RunStage, RunState, SessionRun, StageState
from sessions_app.stages.problems import Problem


def complete_run(lease: Lease) -> None:
    """Finish the run and make its report the one its speaker sees."""
    with fenced(lease) as run:
        _close(run, RunState.COMPLETED)
        PracticeSession.objects.filter(pk=run.session_id).update(current_run=run)


def fail_run(lease: Lease, *, problem: Problem, detail: str) -> None:
    with fenced(lease) as run:
        run.problem = problem
        run.problem_detail = detail
        _stop_stage(run)
        _close(run, RunState.FAILED)


def mark_cancelled(lease: Lease) -> None:
    with fenced(lease) as run:
        _stop_stage(run)
        _close(run, RunState.CANCELLED)


def _stop_stage(run: SessionRun) -> None:
    RunStage.objects.filter(run=run, state=StageState.RUNNING).update(
        state=StageState.FAILED, finished_at=timezone.now()
    )


def _close(run: SessionRun, state: RunState) -> None:
    run.state = state
    run.finished_at = timezone.now()
    run.lease_token = None
    run.lease_expires_at = None
    run.save()
