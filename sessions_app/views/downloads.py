"""Zips that are written while they are sent, one at a time for each person.

A download holds a thread of the web server until its last byte, and there are few of them. The turn
is kept where all web processes see it; it ends with the response, and soon after a process that was
killed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from django.contrib import messages
from django.core.cache import cache
from django.http import StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from sessions_app.exports.archive import Entry, zipped
from sessions_app.views.access import AuthenticatedRequest

TURN_SECONDS: Final = 120
"""Without a piece asked for; far above what making the next one takes."""


class Turn:
    """The pieces of a download, whose end makes room for the next."""

    def __init__(self, key: str, pieces: Iterator[bytes]) -> None:
        self._key = key
        self._pieces = pieces

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._pieces:
            cache.touch(self._key, TURN_SECONDS)
            yield piece

    def close(self) -> None:
        cache.delete(self._key)


def one_zip(
    request: AuthenticatedRequest, entries: Iterator[Entry], filename: str
) -> HttpResponseBase:
    """Back to the page of the account while another is being sent. For HEAD nothing is made."""
    if request.method == "HEAD":
        return _answer(iter(()), filename)
    key = f"zip-{request.user.pk}"
    if not cache.add(key, True, TURN_SECONDS):
        messages.info(request, _("Another download of yours is under way. Wait for its end."))
        return redirect("account")
    return _answer(Turn(key, zipped(entries)), filename)


def _answer(pieces: Turn | Iterator[bytes], filename: str) -> HttpResponseBase:
    response = StreamingHttpResponse(pieces, content_type="application/zip")
    name = content_disposition_header(True, filename)
    response.headers["Content-Disposition"] = name or "attachment"
    response.headers["Cache-Control"] = "private, no-store"
    return response
