"""Finds the words of several pieces at once, in a process for each core."""

from __future__ import annotations

import logging
import os
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import Final

from sessions_app.recognition.alignment import Alignment
from sessions_app.recognition.launched import AlignerGone, LaunchedAligner
from sessions_app.recognition.orders import Order

MOST: Final = min(4, os.cpu_count() or 1)
"""A process has 50 MB. Of an hour's talk each of four aligns a quarter in 14 seconds."""

_ATTEMPTS: Final = 2

logger = logging.getLogger(__name__)


class Aligners:
    """The engine holds Python's lock while it works: in the job's own process it would keep it
    from everything else, and two threads would gain nothing.

    For use by `MOST` threads at once.
    """

    def __init__(self, samples_fd: int, folder: Path) -> None:
        self._samples_fd = samples_fd
        self._folder = folder
        self._lock = Lock()
        self._alive: list[LaunchedAligner] = []
        self._idle: list[LaunchedAligner] = []
        self._is_over = False

    def prepare(self, number: int) -> None:
        """Start processes, so that up to `number` are up when they are needed; returns at once."""
        with self._lock, suppress(AlignerGone):
            while len(self._alive) < min(number, MOST):
                self._idle.append(self._start())

    def align(self, order: Order) -> Alignment | None:
        """`None` when the processes died of it, or are ended meanwhile."""
        for _ in range(_ATTEMPTS):
            try:
                return self._align(order)
            except AlignerGone as gone:
                if self._is_over:
                    break
                logger.warning("process that aligns is gone: %s", gone)
        return None

    def end(self) -> None:
        """No process is left on return, and none is started any more."""
        with self._lock:
            self._is_over = True
            for aligner in self._alive:
                aligner.end()

    def _align(self, order: Order) -> Alignment:
        with self._lock:
            aligner = self._idle.pop() if self._idle else self._start()
        try:
            found = aligner.align(order)
        except AlignerGone:
            with self._lock:
                self._alive.remove(aligner)
                aligner.end()
            raise
        with self._lock:
            self._idle.append(aligner)
        return found

    def _start(self) -> LaunchedAligner:
        if self._is_over:
            raise AlignerGone("ended")
        aligner = LaunchedAligner(self._samples_fd, self._folder)
        self._alive.append(aligner)
        return aligner
