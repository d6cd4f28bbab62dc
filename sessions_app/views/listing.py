"""The list of the user's talks."""

from __future__ import annotations

import hashlib

from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
from django.http import HttpResponse, HttpResponseNotModified
from django.shortcuts import render
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.views.decorators.http import require_safe
from django_htmx.http import push_url

from sessions_app import queries
from sessions_app.filter_forms import TalkFilterForm
from sessions_app.models import PracticeSession
from sessions_app.views.access import AuthenticatedRequest
from sessions_app.views.addresses import tidy

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
    """As a page, or for htmx as the table alone: after a change of the filters, for another page,
    and again and again while a talk is being worked on; that is mostly answered with 304.
    """
    form = TalkFilterForm(request.GET)
    talks = queries.found_talks(request.user, form.wish()).defer(*_NOT_LISTED)
    page = Paginator(talks, PAGE_SIZE).get_page(request.GET.get("page"))
    version = _version(page)
    if request.headers.get("If-None-Match", "").strip('"') == version:
        return _private(HttpResponseNotModified())
    context = {
        "form": form,
        "page": page,
        "any": page.paginator.count > 0 or queries.sessions_of(request.user).exists(),
        "live": any(talk.latest_run and talk.latest_run.is_live for talk in page),
        "version": version,
        "polled": request.htmx.trigger == "talks",
    }
    if request.htmx and not request.htmx.history_restore_request:
        response = render(request, "sessions/_found.html", context)
        if request.htmx.trigger == "filters":
            push_url(response, tidy(request))
        return _private(response)
    return _private(render(request, "sessions/list.html", context))


def _version(page: Page[PracticeSession]) -> str:
    """Changes with everything that the rows say."""
    rows = [(talk.pk, talk.title, _figures(talk)) for talk in page]
    said = repr((page.number, page.paginator.count, rows))
    return hashlib.sha256(said.encode()).hexdigest()[:20]


def _figures(talk: PracticeSession) -> tuple[object, ...]:
    run, stored = talk.latest_run, getattr(talk.current_run, "metrics", None)
    state = run.state if run else ""
    if stored is None:
        return (state,)
    return (state, stored.overall_score, stored.wpm, stored.fillers_per_minute)


def _private(response: HttpResponse) -> HttpResponse:
    """One address has two answers, the page and its table."""
    patch_vary_headers(response, ["HX-Request"])
    patch_cache_control(response, private=True, no_cache=True)
    return response
