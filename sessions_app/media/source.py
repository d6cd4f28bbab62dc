"""The uploaded file, opened so that it is a plain file and stays the one that was looked at."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sessions_app.stages.problems import InputProblem, Problem


@contextmanager
def open_plain_file(path: Path, max_bytes: int) -> Iterator[int]:
    """A descriptor for reading, closed afterwards.

    Links, pipes and devices are refused without waiting for them. Raises InputProblem:
    FILE_MISSING, NOT_MEDIA, EMPTY_FILE, TOO_LARGE.
    """
    try:
        fd = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError as error:
        raise InputProblem(Problem.FILE_MISSING) from error
    except OSError as error:
        if error.errno in (errno.ELOOP, errno.ENXIO):  # a link; a socket or a pipe
            raise InputProblem(Problem.NOT_MEDIA, "not a plain file") from error
        raise
    try:
        _refuse(os.fstat(fd), max_bytes)
        yield fd
    finally:
        os.close(fd)


def _refuse(facts: os.stat_result, max_bytes: int) -> None:
    if not stat.S_ISREG(facts.st_mode):
        raise InputProblem(Problem.NOT_MEDIA, "not a plain file")
    if facts.st_size == 0:
        raise InputProblem(Problem.EMPTY_FILE)
    if facts.st_size > max_bytes:
        raise InputProblem(Problem.TOO_LARGE, f"{facts.st_size} bytes")
