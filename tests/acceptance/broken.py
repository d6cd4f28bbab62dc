"""The addresses of the product, and four that go wrong."""

from __future__ import annotations

from typing import NoReturn

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.views.csrf import csrf_failure
from django.views.decorators.csrf import requires_csrf_token

from tests.gallery import Page


def not_understood(request: HttpRequest) -> NoReturn:
    raise SuspiciousOperation


def not_allowed(request: HttpRequest) -> NoReturn:
    raise PermissionDenied


def error(request: HttpRequest) -> NoReturn:
    raise RuntimeError("made for a test")


@requires_csrf_token
def out_of_date(request: HttpRequest) -> HttpResponse:
    return csrf_failure(request)


urlpatterns = [
    path("broken/400/", not_understood),
    path("broken/403/", not_allowed),
    path("broken/403/csrf/", out_of_date),
    path("broken/500/", error),
    path("", include("speechcoach.urls")),
]

PAGES = (
    Page("error-400", "/broken/400/"),
    Page("error-403", "/broken/403/"),
    Page("error-403-form", "/broken/403/csrf/"),
    Page("error-404", "/there/is/nothing/here/"),
    Page("error-500", "/broken/500/"),
)
