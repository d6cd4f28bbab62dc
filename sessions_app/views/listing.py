"""The list of the user's talks."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sessions_app import queries
from sessions_app.views.access import AuthenticatedRequest

PAGE_SIZE = 20
_NOT_LISTED = (
    "transcript_text",
    "prompt",
    "current_run__metrics__metrics",
    "current_run__metrics__scores",
)


@login_required
@require_safe
def session_list(request: AuthenticatedRequest) -> HttpResponse:
    talks = queries.sessions_of(request.user).defer(*_NOT_LISTED)
    page = Paginator(talks, PAGE_SIZE).get_page(request.GET.get("page"))
    live = any(talk.latest_run and talk.latest_run.is_live for talk in page)
    return render(request, "sessions/list.html", {"page": page, "live": live})
