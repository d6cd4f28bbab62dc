"""From a form to a talk that is being worked on."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import RequestDataTooBig
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from sessions_app import actions, incoming, queries
from sessions_app.display.sharing import sharing
from sessions_app.forms import NewSessionForm, SpeakerForm, upload_gone_text, upload_limits
from sessions_app.messages import problem_text
from sessions_app.models import Language, PracticeSession, TalkKind
from sessions_app.stages.problems import Problem, StageProblem
from sessions_app.transcripts import parsing
from sessions_app.uploads import BoundedFiles, Refusal
from sessions_app.views.access import AuthenticatedRequest, own_session


@csrf_exempt  # only until the handler is in place: reading the token reads the whole upload
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def session_new(request: AuthenticatedRequest) -> HttpResponse:
    received = BoundedFiles(request, upload_limits())
    request.upload_handlers = [received]
    try:
        return _session_new(request, received)
    except RequestDataTooBig:
        return _unread(request, received)


@csrf_protect
def _session_new(request: AuthenticatedRequest, received: BoundedFiles) -> HttpResponse:
    again = _talk_to_retake(request)
    initial = NewSessionForm.again(again) if again else None
    if request.method != "POST":
        return _form_page(request, NewSessionForm(owner=request.user, initial=initial))
    if made := _made_before(request):
        return _to(made)
    data, files = request.POST, request.FILES
    form = NewSessionForm(
        data, files, owner=request.user, refused=received.refused, initial=initial
    )
    if form.is_valid() and (session := _create(request, form, again)):
        return _to(session)
    return _form_page(request, form, status=422)


def _create(
    request: AuthenticatedRequest, form: NewSessionForm, again: PracticeSession | None
) -> PracticeSession | None:
    """Without a talk, the form says what was in the way."""
    try:
        return actions.create_session(owner=request.user, retake_of=again, **form.talk())
    except actions.UploadGone:
        if made := _made_before(request):
            return made
        form.add_error("recording", upload_gone_text())
    except StageProblem as problem:
        form.add_error("recording", problem_text(problem.problem))
    return None


def _made_before(request: AuthenticatedRequest) -> PracticeSession | None:
    """The talk that was made of the same upload, by the same form sent before or just now."""
    if "recording" in request.FILES:
        return None
    return incoming.talk_made_of(request.user, request.POST.get("upload", ""))


def _to(session: PracticeSession) -> HttpResponse:
    page = "session_speaker" if session.latest_run is None else "session_detail"
    return redirect(page, session.pk)


def _talk_to_retake(request: AuthenticatedRequest) -> PracticeSession | None:
    """Named by `?again=`. An upload is not lost because that talk has been deleted meanwhile."""
    return queries.talk_to_retake(request.user, request.GET.get("again", ""))


def _unread(request: AuthenticatedRequest, received: BoundedFiles) -> HttpResponse:
    """For a request that was not read to its end: only what was too large in it is known."""
    data = {"language": Language.EN, "kind": TalkKind.PRESENTATION}
    refused = received.refused or {"transcript": Refusal.TOO_LARGE}
    form = NewSessionForm(data, owner=request.user, refused=refused)
    return _form_page(request, form, status=413)


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
    try:
        actions.choose_speaker(session=session, speaker=form.cleaned_data["speaker"])
    except actions.RunInProgress:
        pass  # sent twice: the first has started it
    except actions.RecordingGone:
        messages.error(request, problem_text(Problem.FILE_MISSING))
        return redirect("session_list")
    return redirect(session)


def _form_page(
    request: AuthenticatedRequest, form: NewSessionForm, status: int = 200
) -> HttpResponse:
    context = {
        "form": form,
        "again": _talk_to_retake(request),
        "sharing": sharing(),
        "empty_file": problem_text(Problem.EMPTY_FILE),
        "max_mb": settings.UPLOAD_MAX_MB,
        "max_bytes": upload_limits()["recording"],
        "max_minutes": settings.TALK_MAX_MINUTES,
    }
    return render(request, "sessions/new.html", context, status=status)
