from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from metrics_app.alerts.memory import Memory, Step, decide
from metrics_app.models import Notice
from tests.metrics_app.alerts.sights import MINUTE, NOW

COOLDOWN = timedelta(minutes=10)
Sightings = Sequence[tuple[bool | None, bool]]

sightings = st.lists(st.tuples(st.sampled_from([True, False, None]), st.booleans()), max_size=60)


def told(sightings: list[bool | None], gap: timedelta = MINUTE) -> list[tuple[int, Notice]]:
    """What is told at which evaluation, by its number."""
    return [(n, notice) for n, notice, _ in steps([(b, False) for b in sightings], gap) if notice]


def steps(seen: Sightings, gap: timedelta = MINUTE) -> list[tuple[int, Notice | None, Memory]]:
    """`seen`: whether it is broken, and whether it is hidden."""
    memory, was_hidden, found = Memory(), False, []
    for number, (breached, hidden) in enumerate(seen):
        now = NOW + number * gap
        step: Step = decide(memory, breached, now, COOLDOWN, hidden=hidden, was_hidden=was_hidden)
        found.append((number, step.notice, step.memory))
        memory, was_hidden = step.memory, hidden
    return found


def test_opens_at_the_second_breach_in_a_row() -> None:
    assert told([True, False, True, True]) == [(3, Notice.OPENED)]
    assert told([True, None, True]) == []


def test_two_looks_at_the_same_moment_are_one() -> None:
    assert told([True, True, True], gap=timedelta(seconds=10)) == []


def test_is_told_again_after_the_cooldown() -> None:
    assert told([True] * 25) == [
        (1, Notice.OPENED),
        (11, Notice.STILL_OPEN),
        (21, Notice.STILL_OPEN),
    ]


def test_recovers_at_the_second_sound_look_in_a_row() -> None:
    assert told([True, True, False, True, False, None, False, False]) == [
        (1, Notice.OPENED),
        (7, Notice.RECOVERED),
    ]


def test_stays_open_in_silence_where_too_little_is_known() -> None:
    assert told([True, True, *[None] * 40]) == [(1, Notice.OPENED)]


def test_what_comes_back_at_once_waits_for_the_cooldown() -> None:
    flapping: list[bool | None] = [True, True, False, False] * 6
    assert told(flapping) == [
        (1, Notice.OPENED),
        (3, Notice.RECOVERED),
        (13, Notice.OPENED),
        (15, Notice.RECOVERED),
    ]


def test_hidden_it_closes_without_a_word_and_comes_back_when_its_critical_one_is_over() -> None:
    seen: Sightings = [(True, False)] * 2 + [(True, True)] * 12 + [(True, False)] * 2
    found = steps(seen)
    assert [(n, notice) for n, notice, _ in found if notice] == [
        (1, Notice.OPENED),
        (14, Notice.OPENED),
    ]
    assert not found[2][2].is_open


def test_hidden_no_more_it_is_open_again_and_told_when_its_time_has_come() -> None:
    seen: Sightings = [(True, False)] * 2 + [(True, True)] * 3 + [(True, False)] * 8
    found = steps(seen)
    assert [(n, notice) for n, notice, _ in found if notice] == [
        (1, Notice.OPENED),
        (11, Notice.STILL_OPEN),
    ]
    assert [memory.is_open for _, _, memory in found] == [False, True] + [False] * 3 + [True] * 8


@given(sightings)
def test_what_is_still_broken_when_it_is_hidden_no_more_is_open(seen: Sightings) -> None:
    found = steps(seen)
    assert all(
        memory.is_open
        for (before, after), (_, _, memory) in zip(pairwise(seen), found[1:], strict=True)
        if before[1] and after == (True, False)
    )


@given(sightings)
def test_opening_and_recovering_take_turns(seen: Sightings) -> None:
    """Where nothing hides it, it is never opened twice, never recovers from nothing, and is never
    called open while it is not."""
    is_open = False
    for _, notice, memory in steps([(breached, False) for breached, _ in seen]):
        assert notice != (Notice.OPENED if is_open else Notice.RECOVERED)
        assert notice != Notice.STILL_OPEN or is_open
        is_open = memory.is_open


@given(sightings)
def test_a_breach_is_told_no_more_often_than_the_cooldown_allows(seen: Sightings) -> None:
    times = [n for n, notice, _ in steps(seen) if notice in (Notice.OPENED, Notice.STILL_OPEN)]
    assert all(later - earlier >= 10 for earlier, later in pairwise(times))


@given(sightings)
def test_while_hidden_nothing_is_told_and_nothing_open(seen: Sightings) -> None:
    found = steps(seen)
    assert all(
        notice is None and not memory.is_open
        for (_, hidden), (_, notice, memory) in zip(seen, found, strict=True)
        if hidden
    )
