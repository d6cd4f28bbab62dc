"""Cancel, try again, process again, try again with AI."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sessions_app import actions, queries
from sessions_app.messages import problem_text
from sessions_app.models import PracticeSession, RunState
from sessions_app.stages.problems import Problem
from sessions_app.views.access import AuthenticatedRequest, own_session


@login_required
@require_POST
def run_cancel(request: AuthenticatedRequest, pk: UUID) -> HttpResponse:
    session = own_session(request, pk)
    if session.latest_run is not None:
        actions.cancel_run(run=session.latest_run)
    return redirect(session)


@login_required
@require_POST
def run_retry(request: AuthenticatedRequest, pk: UUID) -> HttpResponse:
    """Picks up where a failed or cancelled run stopped. Out of quarantine only staff let a run."""
    session = own_session(request, pk)
    if session.latest_run is not None:
        actions.retry_run(run=session.latest_run)
    return redirect(session)


@login_required
@require_POST
def session_reprocess(request: AuthenticatedRequest, pk: UUID) -> HttpResponse:
    session = own_session(request, pk)
    if session.latest_run is None:
        return redirect("session_speaker", pk)
    if session.latest_run.state == RunState.QUARANTINED:
        return redirect(session)
    _start(request, session)
    return redirect(session)


@login_required
@require_POST
def run_try_again_with_ai(request: AuthenticatedRequest, pk: UUID) -> HttpResponse:
    """A new run from where the AI was missing; the report stays until it is complete."""
    session = own_session(request, pk)
    from_stage = queries.try_again_from(session)
    if from_stage is None:
        messages.info(request, _("There is nothing the AI could add to this report now."))
    else:
        _start(request, session, from_stage)
    return redirect(session)


def _start(request: AuthenticatedRequest, session: PracticeSession, from_stage: str = "") -> None:
    try:
        actions.start_run(session=session, from_stage=from_stage)
    except actions.RunInProgress:
        messages.info(request, _("This talk is being processed already."))
    except actions.RecordingGone:
        messages.error(request, problem_text(Problem.FILE_MISSING))
