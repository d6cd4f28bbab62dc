"""A look at something that may hang, from a thread that nobody has to wait for."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Future
from threading import BoundedSemaphore, Thread
from typing import Final, Generic, TypeVar

AT_ONCE: Final = 32  # more than all threads of a web process need, and few enough to bear

_ROOM = BoundedSemaphore(AT_ONCE)

Seen = TypeVar("Seen")


class Look(Generic[Seen]):
    """Begins at once. One that hangs keeps its thread, and never the end of the process; while
    `AT_ONCE` of them do, another is not even tried. `bad_news` is what it may raise.
    """

    def __init__(
        self, look: Callable[[], Seen], bad_news: tuple[type[Exception], ...], *, name: str
    ) -> None:
        self._look, self._bad_news = look, bad_news
        self._seen: Future[Seen] = Future()
        if _ROOM.acquire(blocking=False):
            Thread(target=self._go, name=name, daemon=True).start()
        else:
            self._seen.set_exception(TimeoutError())

    def seen(self, until: float) -> Seen:
        """By `time.monotonic()`. Raises `TimeoutError` after that, and the bad news."""
        return self._seen.result(timeout=max(0, until - time.monotonic()))

    def _go(self) -> None:
        try:
            self._seen.set_result(self._look())
        except self._bad_news as error:
            self._seen.set_exception(error)
        finally:
            _ROOM.release()
