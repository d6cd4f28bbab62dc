"""The page of what a person's talks say together."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe
from django_htmx.http import push_url

from sessions_app import queries
from sessions_app.display.progress.page import progress_page
from sessions_app.filter_forms import ProgressForm
from sessions_app.views.access import AuthenticatedRequest
from sessions_app.views.addresses import tidy


@login_required
@require_safe
def progress(request: AuthenticatedRequest) -> HttpResponse:
    """htmx takes of it what the filters change."""
    languages = queries.reported_languages(request.user)
    form = ProgressForm(request.GET.dict(), languages=languages)
    page = progress_page(request.user, form.wish()) if languages else None
    response = render(request, "sessions/progress.html", {"form": form, "page": page})
    if request.htmx.trigger == "filters":
        push_url(response, tidy(request))
    patch_cache_control(response, private=True, no_cache=True)
    return response
