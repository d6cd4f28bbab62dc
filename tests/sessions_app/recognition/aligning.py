"""Processes that align, and the talk they are given."""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import IO

import psutil

from sessions_app.recognition.aligners import Aligners
from sessions_app.recognition.launched import LaunchedAligner
from sessions_app.recognition.orders import Order
from sessions_app.recognition.pcm import unpack
from tests.deadline import eventually
from tests.sessions_app.recognition.speech import TALK, WORDS, never_stop, regions

EDGES = (0, 55, 128, len(WORDS))  # words that begin after a pause


@contextmanager
def samples(folder: Path) -> Iterator[IO[bytes]]:
    """Of the known talk."""
    with tempfile.TemporaryFile(dir=folder) as file:
        unpack(TALK, file, never_stop)
        yield file


@contextmanager
def aligners(folder: Path) -> Iterator[Aligners]:
    with samples(folder) as file:
        opened = Aligners(file.fileno(), folder)
        try:
            yield opened
        finally:
            opened.end()


@contextmanager
def launched_aligner(folder: Path) -> Iterator[LaunchedAligner]:
    with samples(folder) as file:
        opened = LaunchedAligner(file.fileno(), folder)
        try:
            yield opened
        finally:
            opened.end()


def order(first: int = 0, last: int = len(WORDS)) -> Order:
    """The words `[first, last)` of the known talk."""
    said = WORDS[first:last]
    start, end = max(0, said[0][1] - 100), said[-1][2] + 100
    moved = [(text, begin - start, stop - start) for text, begin, stop in said]
    return Order(start, end, tuple(text for text, _, _ in said), regions(moved))


ORDERS = [order(first, last) for first, last in itertools.pairwise(EDGES)]
UNSAID = replace(order(), words=("parliament", "adopted", "fishing", "quotas") * 40)
"""Takes seconds: all of the talk is listened to."""


def wait_for(number: int) -> list[psutil.Process]:
    """A program has its name a moment after it was started."""
    eventually(lambda: len(processes()) == number, what=f"{number} processes")
    return processes()


def processes(parent: int | None = None) -> list[psutil.Process]:
    """Those that align for this process, or for `parent`."""
    found = []
    for child in psutil.Process(parent).children():
        with suppress(psutil.NoSuchProcess):  # dead since they were listed
            if "sessions_app.recognition.child" in child.cmdline():
                found.append(child)
    return found
