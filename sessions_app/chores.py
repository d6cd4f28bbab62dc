"""What is done every hour, in a thread of its own."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from threading import Thread
from typing import Final

from django.db import connection

logger = logging.getLogger(__name__)

EVERY_SECONDS: Final = 3600

Chore = Callable[[], object]


class Chores:
    """One after the other, as long as they are `wanted`. However long one takes, and whatever
    befalls it, the others get their turn, and their process does meanwhile what cannot wait.

    Each may be interrupted anywhere, as by the end of its process, and done by two at once.
    """

    def __init__(self, chores: Sequence[Chore], *, wanted: Callable[[], bool]) -> None:
        self._chores = chores
        self._wanted = wanted
        self._due_at = 0.0
        self._thread: Thread | None = None

    def begin_if_due(self) -> None:
        """Not while those of the last time are under way."""
        if time.monotonic() < self._due_at or self._is_under_way():
            return
        self._due_at = time.monotonic() + EVERY_SECONDS
        self._thread = Thread(target=self._do_all, name="chores", daemon=True)
        self._thread.start()

    def wait(self, seconds: float) -> None:
        """For the one that is under way, at most so long."""
        if self._thread is not None:
            self._thread.join(seconds)

    def _is_under_way(self) -> bool:
        return self._thread is not None and self._thread.is_alive()

    def _do_all(self) -> None:
        for chore in self._chores:
            if self._wanted():
                _do(chore)


def _do(chore: Chore) -> None:
    try:
        chore()
    except Exception:
        # Whatever it is, it must not keep the others from their turn, hour after hour.
        name = getattr(chore, "__name__", chore)
        logger.exception("%s failed; its next turn is in an hour", name)
    finally:
        connection.close()  # of this thread; a new one works again when the database was away
