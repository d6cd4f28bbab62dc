"""Writes that fail because the disk takes no more: neither the file's fault nor a bug."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from sessions_app.stages.problems import Problem, StageProblem

_REFUSALS: Final = frozenset((errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EFBIG))


@contextmanager
def storage_problems() -> Iterator[None]:
    """Turns the refusals of a disk into `StageProblem` STORAGE, which a retry may outlive.

    Only for code that writes: decoders report the same codes for reasons of their own.
    """
    try:
        yield
    except OSError as error:
        if error.errno not in _REFUSALS:
            raise
        raise StageProblem(Problem.STORAGE, errno.errorcode[error.errno]) from error
