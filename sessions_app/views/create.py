"""From a form to a talk that is being worked on."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from sessions_app import actions
from sessions_app.forms import NewSessionForm, SpeakerForm, upload_limits
from sessions_app.transcripts import parsing
from sessions_app.uploads import SizeGuard
from sessions_app.views.access import AuthenticatedRequest, own_session


@csrf_exempt  # only until the guard is in place: reading the token reads the whole upload
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def session_new(request: AuthenticatedRequest) -> HttpResponse:
    guard = SizeGuard(request, upload_limits())
    request.upload_handlers.insert(0, guard)
    return _session_new(request, guard)


@csrf_protect
def _session_new(request: AuthenticatedRequest, guard: SizeGuard) -> HttpResponse:
    if request.method != "POST":
        return _form_page(request, NewSessionForm(owner=request.user))
    data, files = request.POST, request.FILES
    form = NewSessionForm(data, files, owner=request.user, refused=guard.refused)
    if not form.is_valid():
        return _form_page(request, form, status=422)
    session = actions.create_session(owner=request.user, **form.talk())
    return redirect(
        "session_speaker" if session.latest_run is None else "session_detail", session.pk
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def session_speaker(request: AuthenticatedRequest, pk: UUID) -> HttpResponse:
    """Asks once: a talk that has a run has its speaker."""
    session = own_session(request, pk)
    if session.latest_run is not None:
        return redirect(session)
    speakers = parsing.speakers(session.transcript_text, session.transcript_format)
    form = SpeakerForm(request.POST or None, speakers=speakers)
    if not form.is_valid():
        context = {"session": session, "form": form}
        status = 422 if form.is_bound else 200
        return render(request, "sessions/speaker.html", context, status=status)
    actions.choose_speaker(session=session, speaker=form.cleaned_data["speaker"])
    return redirect(session)


def _form_page(
    request: AuthenticatedRequest, form: NewSessionForm, status: int = 200
) -> HttpResponse:
    context = {
        "form": form,
        "max_mb": settings.UPLOAD_MAX_MB,
        "max_bytes": upload_limits()["recording"],
        "max_minutes": settings.TALK_MAX_MINUTES,
    }
    return render(request, "sessions/new.html", context, status=status)
