"""Whole numbers as bytes: every duration of an hour, in a fraction of the room of its rows."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

FORM = "<i4"


def pack(values: Sequence[int] | NDArray[np.int64]) -> bytes:
    """In ascending order, 4 bytes each; what does not fit raises `OverflowError`."""
    return np.sort(np.asarray(values, FORM)).tobytes()


def unpack(packed: bytes | memoryview) -> NDArray[np.int64]:
    return np.frombuffer(packed, FORM).astype(np.int64)
