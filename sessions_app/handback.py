"""The wish that this process lets go of its work soon, set by its signal handler."""

from __future__ import annotations

import threading

_requested = threading.Event()


def request() -> None:
    _requested.set()


def is_requested() -> bool:
    return _requested.is_set()
