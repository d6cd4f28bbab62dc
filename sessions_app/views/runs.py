"""Cancel, try again, process again."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sessions_app import actions
from sessions_app.messages import problem_text
from sessions_app.models import RunState
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
    try:
        actions.start_run(session=session)
    except actions.RunInProgress:
        messages.info(request, _("This talk is being processed already."))
    except actions.RecordingGone:
        messages.error(request, problem_text(Problem.FILE_MISSING))
    return redirect(session)
