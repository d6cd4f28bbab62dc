"""The second rung: first the second reading, then coaching from what it left standing."""

from __future__ import annotations

import asyncio

from ai.questions import Deadline
from sessions_app.coaching.asking import Asker
from sessions_app.coaching.assignment import Assignment
from sessions_app.coaching.branches import read_content, read_words, write_again
from sessions_app.coaching.failure import Failure
from sessions_app.coaching.readings import Readings

READING = 2 / 3
"""Of the time: 120 of 180 seconds, as on the rung above. A window or a review that stalls must not
take the time in which coaching is written."""


async def sequential(assignment: Assignment, asker: Asker, readings: Readings) -> Failure | None:
    """Asks what the rung above has not brought already, all within one time.

    Words asked about in one call are a window like any other: lost, they stay as the rules found
    them, and the coaching is written from that.
    """
    seconds = assignment.times.sequential
    deadline, read_by = Deadline.after(seconds), Deadline.after(seconds * READING)
    async with asyncio.TaskGroup() as group:
        group.create_task(read_content(assignment, asker, readings, read_by))
        words = group.create_task(read_words(assignment, asker, readings, read_by))
    failure = words.result()
    if failure is not None and assignment.windowed and not readings.windows:
        return failure
    findings = readings.reread(assignment).findings
    if readings.first is not None and not assignment.agreement(findings).regenerate:
        return None
    situation = readings.situation(assignment)
    return await write_again(assignment, situation, asker, readings, deadline)
