"""What is seen of a disk that takes nothing, as plain data."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Struck:
    """What was seen of one fault. `under_way` are the runs it found, `waiting` those that had
    neither a report nor failed when it ended. `answer` is the page for an upload meanwhile, and
    `is_stored` whether there is a talk of it; `problems` are of the runs that failed meanwhile;
    `seconds` from its end until every report was there, `None` where one was still missing after
    two minutes.
    """

    fault: str
    under_way: int
    waiting: int
    answer: str
    is_stored: bool
    is_readable: bool
    problems: tuple[str, ...]
    seconds: float | None
