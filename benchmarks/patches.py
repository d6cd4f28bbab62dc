"""Changes to the worker that take one technique out of it. For measuring only."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from unittest import mock

from ai.errors import ModelError
from ai.questions import Deadline
from sessions_app import worker
from sessions_app.coaching import ladder
from sessions_app.coaching.asking import Asker
from sessions_app.coaching.assignment import Assignment
from sessions_app.coaching.branches import read_content, read_words, write_again, write_first
from sessions_app.coaching.failure import Failure
from sessions_app.coaching.readings import Readings
from sessions_app.speech.pieces import Piece
from sessions_app.speech.tracks import Region
from sessions_app.stages.hearing import Hearing
from sessions_app.stages.placing import Placed


def no_rehearsal() -> None:
    mock.patch.object(worker, "rehearse", _nothing).start()


def no_fork_server() -> None:
    mock.patch.object(worker, "keep_server", _nothing).start()


def pieces_after_decoding() -> None:
    _hold_back(list)


def one_request() -> None:
    _hold_back(_all_in_one)


def late_regeneration() -> None:
    mock.patch.dict(ladder._WORK, {ladder.Level.PARALLEL: _regenerating_late}).start()


def _nothing() -> None:
    """Is done instead."""


def _hold_back(arrange: Callable[[Sequence[Piece]], Sequence[Piece]]) -> None:
    """Pieces leave only when somebody waits for what was heard, which is after decoding."""
    take, outcomes = Hearing.take, Hearing.outcomes
    held: list[Piece] = []  # a job is a process of its own, with one recording

    def hold(hearing: Hearing, piece: Piece) -> None:
        held.append(piece)

    def take_all(hearing: Hearing) -> list[Placed | ModelError]:
        for piece in arrange(held):
            take(hearing, piece)
        return outcomes(hearing)

    mock.patch.multiple(Hearing, take=hold, outcomes=take_all).start()


def _all_in_one(pieces: Sequence[Piece]) -> list[Piece]:
    speech = (
        Region(piece.start_ms + region.start_ms, piece.start_ms + region.end_ms)
        for piece in pieces
        for region in piece.speech
    )
    return [Piece(0, pieces[-1].end_ms, tuple(speech))] if pieces else []


async def _regenerating_late(
    assignment: Assignment, asker: Asker, readings: Readings
) -> Failure | None:
    deadline = Deadline.after(assignment.times.parallel)
    async with asyncio.TaskGroup() as group:
        group.create_task(read_content(assignment, asker, readings, deadline))
        words = group.create_task(read_words(assignment, asker, readings, deadline))
        first = group.create_task(write_first(assignment, asker, readings, deadline))
        failure = await words or await first
        if failure is None and _disagreed(assignment, readings):
            again = Deadline.after(assignment.times.regeneration)
            situation = readings.situation(assignment)
            failure = await write_again(assignment, situation, asker, readings, again)
    return failure


def _disagreed(assignment: Assignment, readings: Readings) -> bool:
    return assignment.agreement(readings.reread(assignment).findings).regenerate
