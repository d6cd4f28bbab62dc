"""What a page may load and run: files of this server, and nothing that is written into the page.

So a text that got onto a page as HTML after all, of a model or of somebody else, could neither run
nor send anything away.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse

HEADER: Final = "Content-Security-Policy"
FIRST_ERROR: Final = 400

POLICY: Final = "; ".join(
    (
        "default-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "media-src 'self' blob:",  # a recording is heard before it is sent
        "object-src 'none'",
    )
)


def content_policy(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware. Django's own error pages with DEBUG are made of inline scripts and styles."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if not (settings.DEBUG and response.status_code >= FIRST_ERROR):
            response.headers.setdefault(HEADER, POLICY)
        return response

    return middleware
