"""How a run ends. Each ending checks the lease and lets go of it. All raise `LeaseLost`."""

from __future__ import annotations

from functools import partial

from django.db import transaction
from django.db.models.fields.json import KT
from django.utils import timezone

from sessions_app import files
from sessions_app.actions.corrections import catch_up
from sessions_app.actions.embeddings import plan_embedding
from sessions_app.actions.endings import record_end
from sessions_app.actions.leases import Lease, fenced
from sessions_app.actions.mails import plan_mail
from sessions_app.models import PracticeSession, RunStage, RunState, SessionRun, StageState
from sessions_app.stages.outputs import StageName
from sessions_app.stages.problems import Problem


def complete_run(lease: Lease) -> None:
    """Finish the run, make its report the one its speaker sees, and have its words embedded.

    Who corrects the report before it waits, or is waited for: no correction is missed.
    """
    with fenced(lease) as run:
        session = PracticeSession.objects.select_for_update(no_key=True).get(pk=run.session_id)
        catch_up(run)
        plan_mail(run)
        close_run(run, RunState.COMPLETED)
        session.current_run = run
        session.save(update_fields=["current_run"])
        plan_embedding(run)
        for name in _audio_of_other_runs(run):
            transaction.on_commit(partial(files.delete, name))


def fail_run(lease: Lease, *, problem: Problem, detail: str) -> None:
    with fenced(lease) as run:
        run.problem = problem
        run.problem_detail = detail
        _stop_stage(run)
        plan_mail(run)
        close_run(run, RunState.FAILED)


def mark_cancelled(lease: Lease) -> None:
    with fenced(lease) as run:
        _stop_stage(run)
        close_run(run, RunState.CANCELLED)


def _audio_of_other_runs(run: SessionRun) -> set[str]:
    """Normalised audio that no report of the session needs any more."""
    rows = RunStage.objects.filter(run__session=run.session_id, stage=StageName.MEDIA)
    names = dict(rows.values_list("run", KT("output__audio_name")))  # their tracks are long
    return set(filter(None, names.values())) - {names.get(run.pk)}


def _stop_stage(run: SessionRun) -> None:
    RunStage.objects.filter(run=run, state=StageState.RUNNING).update(
        state=StageState.FAILED, finished_at=timezone.now()
    )


def close_run(run: SessionRun, state: RunState) -> None:
    """Within the fence."""
    run.state = state
    run.finished_at = timezone.now()
    run.lease_token = None
    run.lease_expires_at = None
    run.waiting_reason = ""
    run.waiting_since = None
    run.next_try_at = None
    run.save()
    record_end(run)
