"""Deleting a talk, asked twice."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sessions_app import actions
from sessions_app.views.access import AuthenticatedRequest, own_session


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def session_delete(request: AuthenticatedRequest, pk: UUID) -> HttpResponse:
    session = own_session(request, pk)
    if request.method != "POST":
        return render(request, "sessions/delete.html", {"session": session})
    actions.delete_session(session=session)
    messages.success(request, _("“%(title)s” was deleted.") % {"title": session.title})
    return redirect("session_list")
