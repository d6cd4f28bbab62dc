"""Who may see the pages: staff."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django_htmx.http import HttpResponseClientRefresh

View = Callable[[HttpRequest], HttpResponse]


def staff_only(view: View) -> View:
    """Who is not signed in is asked to; other accounts may not see the page.

    A part of the page that renews itself has the whole page loaded when its session is over: the
    form to sign in does not fit into its place.
    """

    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            if request.headers.get("HX-Request") == "true":
                return HttpResponseClientRefresh()
            return redirect_to_login(request.get_full_path())
        if not request.user.is_staff:
            raise PermissionDenied
        return view(request)

    return guarded
