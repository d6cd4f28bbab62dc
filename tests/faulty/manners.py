"""Whether what the server asked for was kept to, by its own log."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import takewhile

from tests.faulty.usefulness import is_of_use
from tests.simulator import Asked

ON_THE_WAY = 0.25
"""Seconds from a 429 until every process knows of it, on a busy machine; what starts within
them may have been under way. Whose question it was knows at once.
"""


def too_early(log: Sequence[Asked], *, same: bool) -> list[Asked]:
    """Sent before the time that a 429 asked for was over: the same question, or any other."""
    ordered = sorted(log, key=lambda asked: asked.start)
    starts = [asked.start for asked in ordered]
    found: list[Asked] = []
    for told in ordered:
        if told.retry_after is not None and told.end is not None:
            later = ordered[bisect_right(starts, told.end) :]
            found += _same(told, later) if same else _others(told, later)
    return found


def paid_again(log: Sequence[Asked]) -> int:
    """Answers of use to questions that had one already."""
    answers = Counter(_key(each) for each in log if is_of_use(each))
    return sum(times - 1 for times in answers.values())


def too_late(log: Sequence[Asked], given_up: int) -> int:
    """Answers that the server sent to their end, and that came when nobody waited for them:
    of the attempts `given_up` those that it does not know to be unanswered.
    """
    unanswered = sum(asked.disconnected or asked.fault == "stall" for asked in log)
    return max(0, given_up - unanswered)


def _same(told: Asked, later: Sequence[Asked]) -> list[Asked]:
    return [asked for asked in _meanwhile(told, later) if _key(asked) == _key(told)]


def _others(told: Asked, later: Sequence[Asked]) -> list[Asked]:
    known = (told.end or 0.0) + ON_THE_WAY
    meanwhile = [asked for asked in _meanwhile(told, later) if asked.start > known]
    return [asked for asked in meanwhile if _key(asked) != _key(told)]


def _meanwhile(told: Asked, later: Sequence[Asked]) -> Iterator[Asked]:
    over = (told.end or 0.0) + (told.retry_after or 0.0)
    return takewhile(lambda asked: asked.start < over, later)


def _key(asked: Asked) -> tuple[str, str]:
    return asked.project, asked.question
