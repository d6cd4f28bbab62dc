"""The page that says how every number of a report came about."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from sessions_app.display.earlier import earlier_of
from sessions_app.display.numbers.page import numbers_page
from sessions_app.display.page import report_of, shown
from sessions_app.recordings import player_kind
from sessions_app.speech.norms import pace_norm
from sessions_app.views.access import AuthenticatedRequest, own_session


@login_required
@require_safe
def session_numbers(request: AuthenticatedRequest, pk: UUID) -> HttpResponse:
    """Of the report that the page of the talk shows; 404 before there is one."""
    session = own_session(request, pk)
    report = report_of(shown(session)[0])
    if report is None:
        raise Http404("no report yet")
    norm = pace_norm(session.target_wpm)
    page = numbers_page(report, norm, earlier_of(session, report))
    if page is None:
        raise Http404("no numbers yet")
    context = {
        "session": session,
        "page": page,
        "report": report,
        "player": player_kind(session),
    }
    response = render(request, "sessions/numbers.html", context)
    patch_cache_control(response, private=True, no_cache=True)
    return response
