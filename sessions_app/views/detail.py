"""The page of one talk: live status while a run goes on, and the report."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe
from django_htmx.http import reswap, retarget

from sessions_app.display.page import latest_status, session_page, shown
from sessions_app.models import PracticeSession
from sessions_app.recordings import player_kind
from sessions_app.views.access import AuthenticatedRequest, own_session


@login_required
@require_safe
def session_detail(request: AuthenticatedRequest, pk: UUID) -> HttpResponse:
    session = own_session(request, pk)
    page = session_page(session, request.GET.get("kind", ""))
    if page is None:
        return redirect("session_speaker", pk)
    context = {"page": page, "session": session, "player": player_kind(session)}
    response = render(request, "sessions/detail.html", context)
    if page.status.live:  # going back to it would show a status of long ago
        patch_cache_control(response, private=True, no_store=True)
        return response
    return _revalidated(response)


@login_required
@require_safe
def session_status(request: AuthenticatedRequest, pk: UUID) -> HttpResponse:
    """The status as a fragment, 304 while nothing has changed.

    `?shows=` names the report on the asking page. Where there is another one by now, or the run
    has ended, the whole body of the page is the answer and htmx is told where to put it.
    """
    session = own_session(request, pk)
    status, shows = latest_status(session), shown(session)[1]
    if status is None:
        return redirect("session_speaker", pk)
    etag = f'"{status.version}"'
    if request.headers.get("If-None-Match") == etag:
        return _polled(HttpResponseNotModified(), etag)
    if status.live and request.GET.get("shows", "") == shows:
        context = {"session": session, "status": status, "shows": shows}
        return _polled(render(request, "sessions/_status.html", context), etag)
    return _polled(_whole_body(request, session), etag)


def _whole_body(request: AuthenticatedRequest, session: PracticeSession) -> HttpResponse:
    context = {
        "page": session_page(session),
        "session": session,
        "player": player_kind(session),
    }
    response = render(request, "sessions/_body.html", context)
    return reswap(retarget(response, "#talk"), "outerHTML")


def _polled(response: HttpResponse, etag: str) -> HttpResponse:
    response.headers["ETag"] = etag
    return _revalidated(response)


def _revalidated(response: HttpResponse) -> HttpResponse:
    patch_cache_control(response, private=True, no_cache=True)
    return response
