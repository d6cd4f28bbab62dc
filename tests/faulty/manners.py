"""Whether what the server asked for was kept to, by its own log."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import takewhile

from tests.faulty.usefulness import is_of_use
from tests.simulator import Asked

ON_THE_WAY = 0.1
"""Seconds from a server's 429 until every process knows of it; what starts within them may have
been under way. Whose question it was knows at once.
"""


def too_early(log: Sequence[Asked]) -> list[Asked]:
    """Sent before the time that a 429 asked for was over, by whomever."""
    ordered = sorted(log, key=lambda asked: asked.start)
    starts = [asked.start for asked in ordered]
    found: list[Asked] = []
    for told in ordered:
        if told.retry_after is not None and told.end is not None:
            found += _early(told, ordered[bisect_right(starts, told.end) :])
    return found


def paid_again(log: Sequence[Asked]) -> int:
    """Answers of use to questions that had one already."""
    answers = Counter((each.project, each.question) for each in log if is_of_use(each))
    return sum(times - 1 for times in answers.values())


def too_late(log: Sequence[Asked], given_up: int) -> int:
    """Answers that the server sent to their end, and that came when nobody waited for them:
    of the attempts `given_up` those that it does not know to be unanswered.
    """
    unanswered = sum(asked.disconnected or asked.fault == "stall" for asked in log)
    return max(0, given_up - unanswered)


def _early(told: Asked, later: Sequence[Asked]) -> Iterator[Asked]:
    assert told.end is not None
    known, over = told.end + ON_THE_WAY, told.end + (told.retry_after or 0.0)
    for asked in takewhile(lambda asked: asked.start < over, later):
        same = (asked.project, asked.question) == (told.project, told.question)
        if same or asked.start > known:
            yield asked
