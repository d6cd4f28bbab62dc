"""Where the web pages are, and whether they answer yet."""

from __future__ import annotations

import http.client
from contextlib import closing

ANY_INTERFACE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104


def local_host(host: str) -> str:
    """A host name this machine reaches itself by when the server listens on `host`."""
    return ANY_INTERFACE.get(host, host)


def url(host: str, port: int) -> str:
    name = local_host(host)
    return f"http://{f'[{name}]' if ':' in name else name}:{port}/"


def answers(host: str, port: int) -> bool:
    """Whether there is any answer over HTTP."""
    with closing(http.client.HTTPConnection(local_host(host), port, timeout=5)) as connection:
        try:
            connection.request("HEAD", "/")
            connection.getresponse()
        except (OSError, http.client.HTTPException):
            return False
    return True
