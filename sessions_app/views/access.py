"""Who may see a talk: its owner. For everybody else it does not exist."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django_htmx.middleware import HtmxDetails

from accounts_app.models import User
from sessions_app import queries
from sessions_app.models import PracticeSession


class AuthenticatedRequest(HttpRequest):
    user: User
    htmx: HtmxDetails


def own_session(request: AuthenticatedRequest, pk: UUID, *further: str) -> PracticeSession:
    """The user's talk, joined with `further` rows. Raises `Http404` for talks of others."""
    joined = ("current_run__coaching", "latest_run__coaching", *further)
    return get_object_or_404(queries.sessions_of(request.user).select_related(*joined), pk=pk)
