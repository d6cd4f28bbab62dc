from __future__ import annotations

import json
from dataclasses import asdict

import pytest

from sessions_app.media.announcements import Announcements
from sessions_app.speech.pieces import Piece
from sessions_app.speech.tracks import Region
from sessions_app.stages.problems import InputProblem, Problem

FIRST = Piece(0, 30_000, (Region(100, 2_000),))
SECOND = Piece(30_000, 55_000, (), clean_start=False)


def line(piece: Piece) -> bytes:
    return json.dumps({"piece": asdict(piece)}).encode()


def test_pieces_are_handed_on_as_they_come() -> None:
    taken: list[Piece] = []
    announced = Announcements(60_000, taken.append)
    announced.read(line(FIRST))
    assert taken == [FIRST]
    announced.read(line(SECOND))
    assert taken == announced.pieces == [FIRST, SECOND]
    assert announced.end_ms == 55_000


def test_nothing_announced_ends_at_the_start() -> None:
    assert Announcements(60_000, lambda piece: None).end_ms == 0


@pytest.mark.parametrize(
    "wrong",
    [FIRST, Piece(31_000, 55_000, ()), Piece(29_000, 55_000, ()), Piece(30_000, 61_000, ())],
    ids=["again", "gap", "overlap", "past the end"],
)
def test_pieces_that_do_not_follow_each_other_are_believed_by_nobody(wrong: Piece) -> None:
    taken: list[Piece] = []
    announced = Announcements(60_000, taken.append)
    announced.read(line(FIRST))
    with pytest.raises(InputProblem) as caught:
        announced.read(line(wrong))
    assert caught.value.problem is Problem.DECODER_LIMIT
    assert taken == [FIRST]
