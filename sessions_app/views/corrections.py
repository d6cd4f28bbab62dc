"""What a speaker sets right in a report, and takes back. Everything is scored again at once."""

from __future__ import annotations

from urllib.parse import parse_qs, urlencode, urlsplit
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import reswap, retarget, trigger_client_event

from sessions_app import actions, queries
from sessions_app.correction_forms import CorrectionForm
from sessions_app.display.corrections import why_not_correctable
from sessions_app.display.page import session_page, shown
from sessions_app.display.words import word_page
from sessions_app.messages import refusal_text
from sessions_app.models import PracticeSession
from sessions_app.recordings import player_kind
from sessions_app.speech.refusals import Refusal
from sessions_app.views.access import AuthenticatedRequest, own_session


@login_required
@require_POST
def session_correct(request: AuthenticatedRequest, pk: UUID) -> HttpResponse:
    session = own_session(request, pk)
    form = CorrectionForm(request.POST)
    problem = _correct(request, session, form)
    if problem:
        return _cannot(request, session, problem)
    return _corrected(request, session, form.place())


@login_required
@require_POST
def correction_take_back(request: AuthenticatedRequest, pk: UUID, number: int) -> HttpResponse:
    session = own_session(request, pk)
    correction = get_object_or_404(session.corrections, pk=number)
    try:
        actions.take_back(correction=correction)
    except actions.CannotCorrect as refused:
        return _cannot(request, session, refusal_text(refused.reason))
    return _corrected(request, session, request.POST.get("place", ""))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def session_word(request: AuthenticatedRequest, pk: UUID, index: int) -> HttpResponse:
    """A page for one word, or its part that goes into the dialog of the report."""
    session = own_session(request, pk)
    problem = ""
    if request.method == "POST":
        problem = _correct(request, session, CorrectionForm(request.POST))
        if not problem:
            return _corrected(request, session, f"w{index}")
    response = _word(request, session, index, problem)
    return _into_dialog(response) if request.htmx else response


def _correct(request: AuthenticatedRequest, session: PracticeSession, form: CorrectionForm) -> str:
    """Why it could not be done. What the report says already has been done: by a second click."""
    if not form.is_valid():
        return refusal_text(Refusal.NO_SUCH_WORDS)
    try:
        actions.correct(session=session, author=request.user, **form.wish())
    except actions.CannotCorrect as refused:
        return "" if refused.reason is Refusal.ALREADY_SO else refusal_text(refused.reason)
    return ""


def _word(
    request: AuthenticatedRequest, session: PracticeSession, index: int, problem: str
) -> HttpResponse:
    run, _shows = shown(session)
    report = queries.report(run) if run else None
    if run is None or report is None or index >= len(report.words):
        raise Http404("no such word")
    context = {
        "session": session,
        "transcript": run.transcript_id,
        "why_not": why_not_correctable(session, run, report),
        "word": word_page(report, index),
        "language": report.language,
        "player": player_kind(session),
        "problem": problem,
        "typed": request.POST.get("text", ""),
    }
    name = "sessions/_word.html" if request.htmx else "sessions/word.html"
    status = 422 if problem and not request.htmx else 200  # htmx puts only good news on a page
    response = render(request, name, context, status=status)
    patch_cache_control(response, private=True, no_store=True)
    return response


def _corrected(request: AuthenticatedRequest, session: PracticeSession, place: str) -> HttpResponse:
    """The report anew: by itself, or as the parts of it that htmx puts into the page."""
    kind = _kind(request)
    if not request.htmx:
        query = f"?{urlencode({'kind': kind})}" if kind else ""
        return redirect(f"{session.get_absolute_url()}{query}#{place}")
    session = own_session(request, session.pk)
    context = {
        "page": session_page(session, kind),
        "session": session,
        "player": player_kind(session),
        "in_place": True,
    }
    response = render(request, "sessions/_corrected.html", context)
    return trigger_client_event(response, "corrected", {"place": place}, after="settle")


def _kind(request: AuthenticatedRequest) -> str:
    """The kind of findings that is listed; htmx changes the list and the address by themselves."""
    if not request.htmx:
        return request.POST.get("kind", "")
    query = urlsplit(request.htmx.current_url or "").query
    return parse_qs(query).get("kind", [""])[0]


def _cannot(request: AuthenticatedRequest, session: PracticeSession, problem: str) -> HttpResponse:
    if not request.htmx:
        messages.error(request, problem)
        return redirect(session)
    return _into_dialog(render(request, "sessions/_cannot_correct.html", {"problem": problem}))


def _into_dialog(response: HttpResponse) -> HttpResponse:
    return reswap(retarget(response, "#correcting"), "innerHTML")
