"""The page of all attempts at one talk."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from sessions_app.display.attempts_page import attempts_page
from sessions_app.views.access import AuthenticatedRequest, own_session


@login_required
@require_safe
def session_attempts(request: AuthenticatedRequest, pk: UUID) -> HttpResponse:
    """`?with=` names the earlier attempt to be compared with. A talk tried once has its report."""
    session = own_session(request, pk)
    page = attempts_page(session, request.GET.get("with", ""))
    if page is None:
        return redirect(session)
    response = render(request, "sessions/attempts.html", {"page": page, "session": session})
    patch_cache_control(response, private=True, no_cache=True)
    return response
