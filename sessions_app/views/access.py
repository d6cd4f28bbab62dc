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


def own_session(request: AuthenticatedRequest, pk: UUID) -> PracticeSession:
    """The user's talk. Raises `Http404` for talks of others."""
    talks = queries.sessions_of(request.user).select_related("current_run__coaching")
    return get_object_or_404(talks, pk=pk)
