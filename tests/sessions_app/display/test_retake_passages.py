from __future__ import annotations

import pytest

from accounts_app.models import User
from sessions_app import queries
from sessions_app.display.retake_passages import Passages, passages
from sessions_app.models import SessionRun
from sessions_app.stages.outputs import Timing
from tests.factories import UserFactory
from tests.sessions_app.attempts import SENTENCES, attempt

pytestmark = pytest.mark.django_db


@pytest.fixture
def speaker() -> User:
    return UserFactory.create()


def compared(then: SessionRun, now: SessionRun) -> Passages:
    before, after = queries.report(then), queries.report(now)
    assert before is not None
    assert after is not None
    return passages(before, after)


def test_each_passage_is_quoted_with_what_changed(speaker: User) -> None:
    then = attempt(speaker, *(f"Um, {each}" for each in SENTENCES))
    found = compared(then, attempt(speaker, word_ms=250))
    first = found.rows[0]
    assert first.then is not None
    assert first.now is not None
    assert first.then.quote.startswith("Um, Bees live in a box")
    assert first.now.quote.startswith("Bees live in a box")
    assert (first.now.clock, first.now.fragment) == ("0:00", "#t=0")
    fillers, pace, silence = first.aspects
    assert (fillers.then, fillers.now) == ("3", "0")
    assert (pace.then, pace.now) == ("200 words/min", "240 words/min")
    assert (silence.then, silence.now) == ("0 %", "0 %")
    assert found.judged
    changed = {cell.label: (cell.beyond, cell.verdict) for cell in found.altogether}
    assert changed["Fillers in 100 words"] == (True, "better")
    assert changed["Pace, words/min"] == (True, "")


def test_new_and_left_out_passages_are_told_apart(speaker: User) -> None:
    then = attempt(speaker, *SENTENCES[:6])
    found = compared(then, attempt(speaker, *SENTENCES[:3], *SENTENCES[6:8], *SENTENCES[5:6]))
    kinds = [(row.then is not None, row.now is not None) for row in found.rows]
    assert (found.left_out, found.new) == (1, 1)
    assert kinds == [(True, True), (True, False), (False, True), (True, True)]
    assert [len(row.aspects) for row in found.rows] == [3, 0, 0, 3]


def test_the_same_again_changed_nothing(speaker: User) -> None:
    found = compared(attempt(speaker), attempt(speaker))
    assert not found.marked
    assert not any(cell.beyond for cell in found.altogether)


def test_a_short_talk_is_compared_and_not_judged(speaker: User) -> None:
    found = compared(attempt(speaker, *SENTENCES[:3]), attempt(speaker, *SENTENCES[:3]))
    assert found.rows[0].aspects
    assert not found.judged


def test_without_times_there_are_fillers_and_no_links(speaker: User) -> None:
    untimed = {"timing": Timing.APPROXIMATE}
    found = compared(attempt(speaker, spoken=untimed), attempt(speaker, spoken=untimed))
    assert {cell.label for row in found.rows for cell in row.aspects} == {"Fillers"}
