"""More requests than can be answered soon: a few wait for a moment, the others are told at once to
come back.

The web server starts a thread for each request and lets any number of them wait, until each answer
comes so late that nobody is there to read it. So the threads are counted here, in each process.
A request whose body is long comes at the pace of its sender: such have places of their own, and
pages do not wait for phones. A response that is sent bit by bit holds a thread and no place; a
connection to the database only where it reads rows meanwhile, as an archive does.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from django.db import connections
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import add_never_cache_headers

AT_WORK: Final = 4
"""One that computes, and some that wait for the database meanwhile."""
WAITING: Final = 20
"""No more than are likely to get a place in time: the others are better told at once."""
WAIT_SECONDS: Final = 1.0
SENDING: Final = 16
THREADS: Final = 128
"""Of the web server: for all of these, for who is told to come back, and for what is sent bit by
bit."""
LONG_BODY: Final = 64 * 1024  # bytes
COME_BACK_SECONDS: Final = 5
UNCOUNTED: Final = "/healthz"  # whoever asks would end a process that is merely busy

Handler = Callable[[HttpRequest], HttpResponseBase]


class Places:
    """For `at_work` at once; as many as `waiting` more wait for one, `seconds` at most. Who came
    first gets the next that is free.
    """

    def __init__(self, at_work: int, waiting: int, seconds: float = 0.0) -> None:
        self._lock = threading.Lock()
        self._free = at_work
        self._chairs = waiting
        self._seconds = seconds
        self._waiting: deque[threading.Event] = deque()

    @contextmanager
    def one(self) -> Iterator[bool]:
        """Whether there was one."""
        taken = self._take()
        try:
            yield taken
        finally:
            if taken:
                self._give_back()

    def _take(self) -> bool:
        with self._lock:
            if self._free:
                self._free -= 1
                return True
            if len(self._waiting) >= self._chairs:
                return False
            mine = threading.Event()
            self._waiting.append(mine)
        if mine.wait(self._seconds):
            return True
        with self._lock:
            if mine.is_set():  # in the last moment
                return True
            self._waiting.remove(mine)
            return False

    def _give_back(self) -> None:
        with self._lock:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._free += 1


def overload(get_response: Handler) -> Handler:
    """Middleware."""
    pages = Places(AT_WORK, WAITING, WAIT_SECONDS)
    uploads = Places(SENDING, waiting=0)

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if request.path == UNCOUNTED:
            return get_response(request)
        with (uploads if _is_long(request) else pages).one() as taken:
            response = get_response(request) if taken else _come_back(request)
        if response.streaming:
            _give_connections_back()
        return response

    return middleware


def _give_connections_back() -> None:
    for connection in connections.all(initialized_only=True):
        if not connection.in_atomic_block:  # which in tests is around the whole request
            connection.close()


def _is_long(request: HttpRequest) -> bool:
    """Also where nobody says how long it is going to be."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    chunked = "HTTP_TRANSFER_ENCODING" in request.META
    return chunked or (length.isdecimal() and int(length) > LONG_BODY)


def _come_back(request: HttpRequest) -> HttpResponse:
    with translation.override(translation.get_language_from_request(request)):
        response = render(request, "503.html", status=503)
    response.headers["Retry-After"] = str(COME_BACK_SECONDS)
    add_never_cache_headers(response)
    return response
