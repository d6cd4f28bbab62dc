"""The body of a request, block by block."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from django.http import HttpRequest, UnreadablePostError

BLOCK: Final = 64 * 1024


def blocks(request: HttpRequest) -> Iterator[bytes]:
    """Up to `Content-Length`, never more than a block in memory. Without one there is nothing.

    Ends as well when the connection breaks, which some servers tell as an end and others as an
    error. While a client says nothing this waits: reading cannot be interrupted.
    """
    while block := _next(request):
        yield block


def _next(request: HttpRequest) -> bytes:
    try:
        return request.read(BLOCK)
    except UnreadablePostError:
        return b""
