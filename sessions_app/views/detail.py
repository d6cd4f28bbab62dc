"""The page of one talk: live status while a run goes on, and the report."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe
from django_htmx.http import reswap, retarget, trigger_client_event

from sessions_app.display.page import latest_status, session_page
from sessions_app.display.status import RunStatus
from sessions_app.recordings import player_kind
from sessions_app.views.access import AuthenticatedRequest, own_session


@login_required
@require_safe
def session_detail(request: AuthenticatedRequest, pk: UUID) -> HttpResponse:
    session = own_session(request, pk, "current_run__transcript")
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

    `?shows=` names the report on the asking page. Where it has none and there is one by now, or
    the run has ended, the whole body of the page is the answer; where it has another, the parts
    of the new one that take their places.
    """
    session = own_session(request, pk)
    status = latest_status(session)
    if status is None:
        return redirect("session_speaker", pk)
    asked = request.headers.get("If-None-Match", "").strip('"')
    if asked == status.etag:
        return _polled(HttpResponseNotModified(), status)
    page = session_page(session)
    assert page is not None
    shows = request.GET.get("shows", "")
    context: dict[str, object] = {
        "page": page,
        "session": session,
        "player": player_kind(session),
        "announce": not asked.startswith(f"{page.status.version}-"),
    }
    if page.status.live and shows == page.shows:
        context["status"] = page.status
        return _polled(render(request, "sessions/_status.html", context), page.status)
    if shows and page.report:
        context["in_place"] = True
        response = reswap(render(request, "sessions/_refined.html", context), "none")
        return _polled(trigger_client_event(response, "refined", after="settle"), page.status)
    response = render(request, "sessions/_body.html", context)
    return _polled(reswap(retarget(response, "#talk"), "outerHTML"), page.status)


def _polled(response: HttpResponse, status: RunStatus) -> HttpResponse:
    response.headers["ETag"] = f'"{status.etag}"'
    return _revalidated(response)


def _revalidated(response: HttpResponse) -> HttpResponse:
    patch_cache_control(response, private=True, no_cache=True)
    return response
