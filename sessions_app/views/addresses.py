"""Addresses of pages whose filters are part of them."""

from __future__ import annotations

from django.http import HttpRequest, QueryDict


def tidy(request: HttpRequest) -> str:
    """The address asked for, without the filters that were left empty."""
    query = QueryDict(mutable=True)
    for name, values in request.GET.lists():
        query.setlist(name, [value for value in values if value])
    text = query.urlencode()
    return f"{request.path}?{text}" if text else request.path
