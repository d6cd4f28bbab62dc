"""The page of one's account: what is kept, for how long, and how to take it along."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts_app.actions import change_choices
from accounts_app.forms import ChoicesForm
from accounts_app.retention import days_kept
from sessions_app.display.sharing import sharing
from sessions_app.exports.archive import in_language
from sessions_app.exports.everything import all_entries
from sessions_app.holdings import MB, holdings
from sessions_app.views.access import AuthenticatedRequest
from sessions_app.views.downloads import one_zip


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: AuthenticatedRequest) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    form = ChoicesForm(data, user=request.user)
    if request.method == "POST" and form.is_valid():
        change_choices(user=request.user, **form.cleaned_data)
        with translation.override(form.cleaned_data["language"] or get_language()):
            messages.success(request, _("Your choices are saved."))
        return redirect("account")
    context = {
        "form": form,
        "held": holdings(request.user),
        "quota": settings.USER_QUOTA_MB * MB,
        "days_kept": days_kept(request.user.media_retention_days),
        "sharing": sharing(),
        "sends_mail": settings.EMAIL_BACKEND != "django.core.mail.backends.console.EmailBackend",
    }
    status = 422 if form.is_bound else 200
    response = render(request, "account/account.html", context, status=status)
    patch_cache_control(response, private=True, no_store=True)
    return response


@login_required
@require_safe
def account_export(request: AuthenticatedRequest) -> HttpResponseBase:
    """Everything that is kept of a person."""
    entries = in_language(get_language() or "", all_entries(request.user))
    return one_zip(request, entries, f"speech-coach-{timezone.localdate()}.zip")
