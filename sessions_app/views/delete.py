"""Deleting a talk, its recording or a whole account, asked twice."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts_app.forms import erase_form
from accounts_app.models import User
from sessions_app import actions
from sessions_app.holdings import holdings
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


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def recording_delete(request: AuthenticatedRequest, pk: UUID) -> HttpResponse:
    """The report stays, with all that was measured. A talk without a recording has its report."""
    session = own_session(request, pk)
    if not session.media:
        return redirect(session)
    if request.method != "POST":
        return render(request, "sessions/recording_delete.html", {"session": session})
    try:
        actions.delete_media(session=session)
    except actions.RunInProgress:
        messages.info(request, _("This talk is being processed. Cancel that first, or wait."))
    else:
        messages.success(request, _("The recording was deleted. The report stays."))
    return redirect(session)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def account_delete(request: AuthenticatedRequest) -> HttpResponse:
    form = erase_form(request.user, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        user = User.objects.get(pk=request.user.pk)
        of = str(user.pk)
        logout(request)  # first: its row in the database is one of those that go
        actions.erase_account(user=user)
        deleted = _("Your account and everything in it were deleted.")
        messages.success(request, deleted, extra_tags=of)  # for the script that tidies the browser
        response: HttpResponse = redirect("account_login")
        response.headers["Clear-Site-Data"] = '"cache"'  # players keep recordings there
        return response
    context = {"form": form, "held": holdings(request.user)}
    status = 422 if form.is_bound else 200
    response = render(request, "account/delete.html", context, status=status)
    patch_cache_control(response, private=True, no_store=True)
    return response
