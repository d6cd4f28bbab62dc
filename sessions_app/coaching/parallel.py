"""The first rung: both readings and the coaching at the same time."""

from __future__ import annotations

import asyncio

from ai.questions import Deadline
from sessions_app.coaching.asking import Asker
from sessions_app.coaching.assignment import Assignment
from sessions_app.coaching.branches import read_content, read_words, write_again, write_first
from sessions_app.coaching.failure import Failure
from sessions_app.coaching.readings import Readings


async def parallel(assignment: Assignment, asker: Asker, readings: Readings) -> Failure | None:
    """Coaching is written anew, in a time of its own, as soon as the verdicts disagree with what
    it was written from; the review may still be under way then.

    No branch waits for another's failure or is ended by it. The review may be missing.
    """
    deadline = Deadline.after(assignment.times.parallel)
    async with asyncio.TaskGroup() as group:
        group.create_task(read_content(assignment, asker, readings, deadline))
        words = group.create_task(read_words(assignment, asker, readings, deadline))
        first = group.create_task(write_first(assignment, asker, readings, deadline))
        unread, unwritten = await words, await first
        failure = unread or unwritten
        if failure is None:
            failure = await regenerate(assignment, asker, readings)
    return failure


async def regenerate(assignment: Assignment, asker: Asker, readings: Readings) -> Failure | None:
    """Nothing to do where the counts agree."""
    findings = readings.reread(assignment).findings
    if not assignment.agreement(findings).regenerate:
        return None
    deadline = Deadline.after(assignment.times.regeneration)
    situation = assignment.measured(findings)
    return await write_again(assignment, situation, asker, readings, deadline)
