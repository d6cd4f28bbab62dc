"""The first rung: both readings and the coaching at the same time."""

from __future__ import annotations

import asyncio
from typing import Final

from ai.questions import Deadline
from sessions_app.coaching.asking import Asker
from sessions_app.coaching.assignment import Assignment
from sessions_app.coaching.branches import read_content, read_words, write_again, write_first
from sessions_app.coaching.failure import Failure
from sessions_app.coaching.readings import Readings

HEAD_START: Final = 0.01
"""Seconds for the coaching, whose answer takes longest, to be sent once it is prepared: to prepare
the others meanwhile would hold it up."""


async def parallel(assignment: Assignment, asker: Asker, readings: Readings) -> Failure | None:
    """Coaching is written anew, in a time of its own, as soon as the verdicts disagree with what
    it is being written from; the first one and the review may still be under way then.

    No branch is ended by another's failure. The review may be missing, and so may the first
    coaching where another takes its place.
    """
    deadline = Deadline.after(assignment.times.parallel)
    async with asyncio.TaskGroup() as group:
        first = group.create_task(write_first(assignment, asker, readings, deadline))
        await asyncio.sleep(0)  # it is prepared now, however long that takes
        await asyncio.sleep(HEAD_START)
        content = group.create_task(read_content(assignment, asker, readings, deadline))
        unread = await read_words(assignment, asker, readings, deadline)
        situation = readings.situation(assignment)  # measured now, while answers are waited for
        if unread is not None or not assignment.agreement(situation.findings).regenerate:
            return unread or await first
        in_time = Deadline.after(assignment.times.regeneration)
        failure = await write_again(assignment, situation, asker, readings, in_time)
        if failure is None:
            await content
            first.cancel()  # paid for, and let come while anything else is waited for; not longer
        return failure
