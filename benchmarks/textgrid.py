"""Words and their times from a Praat TextGrid, in its long or its short form."""

from __future__ import annotations

import re

from benchmarks.talk import TimedWord

_VALUE = re.compile(r'"((?:[^"]|"")*)"|(?<![\w\[.])(\d+(?:\.\d+)?)(?![\w\].])')
_TIER = "IntervalTier"


def first_tier(text: str) -> list[TimedWord]:
    """The named intervals of the first tier. Raises ValueError where there is no such tier."""
    values = [match[1] if match[2] is None else float(match[2]) for match in _VALUE.finditer(text)]
    at = values.index(_TIER)
    size, first = int(values[at + 4]), at + 5  # after its name, its start and its end
    rows = [values[row : row + 3] for row in range(first, first + 3 * size, 3)]
    return [
        (str(label).replace('""', '"'), round(float(start) * 1000), round(float(end) * 1000))
        for start, end, label in rows
        if label
    ]
