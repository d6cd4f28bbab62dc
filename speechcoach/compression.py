"""Pages leave compressed: the report of an hour is 800 kB of text and travels as an eighth of it.

Recordings and archives are not touched: they are compressed already, and a player asks for ranges
of the bytes as they are. Static files are compressed once, by WhiteNoise.
"""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

TEXT = ("text/", "application/json", "image/svg+xml")


class CompressedPages(GZipMiddleware):
    """Django's own adds a random length to every page, against guessing at its secrets (BREACH)."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if response.streaming or not response.headers.get("Content-Type", "").startswith(TEXT):
            return response
        return super().process_response(request, response)
