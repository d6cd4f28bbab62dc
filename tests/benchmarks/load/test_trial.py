from __future__ import annotations

from benchmarks.load.crowd import Answer
from benchmarks.load.level import BUSY, FAILED, OK, WRONG, Level, summed_up
from benchmarks.load.table import as_markdown, what_is_full
from benchmarks.load.trial import Trial, trial
from benchmarks.machine import Machine

HERE = Machine("2026-01-01", 2, "3.11", 0.0, 0.0)
ROOM = 700  # people


def level(users: int, *, verdict: str = OK, milliseconds: float = 50.0, **used: float) -> Level:
    answers = [Answer(at, "list", milliseconds, verdict) for at in range(users)]
    return summed_up(users, 10.0, answers, used)


def with_room(users: int) -> Level:
    return level(users, milliseconds=80.0 if users <= ROOM else 4000.0)


def test_steps_go_up_until_it_is_too_much_then_beyond_and_back() -> None:
    found = trial((100, 500), with_room, beyond=True)
    assert [each.users for each in found.levels] == [100, 500, 625, 781]
    assert (found.capacity and found.capacity.users) == 625
    assert (found.beyond and found.beyond.users) == 1250
    assert (found.afterwards and found.afterwards.users) == 100


def test_steps_go_down_from_too_many_and_stop_above_what_is_known_to_be_well() -> None:
    found = trial((100, 500, 1000), with_room, beyond=True)
    assert [each.users for each in found.levels] == [100, 500, 1000, 800, 640]
    assert (found.capacity and found.capacity.users) == 640


def test_where_nobody_is_served_in_time_there_is_no_capacity() -> None:
    found = trial((4,), lambda users: level(users, milliseconds=2000.0), beyond=True)
    assert found.capacity is None
    assert "At no number of people" in as_markdown(found, 1, HERE)


def test_one_flaw_is_enough_for_a_level_to_be_too_much() -> None:
    for verdict in (BUSY, FAILED, WRONG):
        answers = [Answer(0, "list", 5.0, OK)] * 999 + [Answer(0, "list", 5.0, verdict)]
        assert not summed_up(100, 10.0, answers, {}).within(1000)


def test_times_of_who_was_served_and_who_was_sent_away_are_apart() -> None:
    answers = [Answer(0, "list", 100.0, OK), Answer(0, "list", 2.0, BUSY)]
    found = summed_up(100, 10.0, answers, {})
    assert found.served is not None
    assert found.busy is not None
    assert (found.served.p95, found.busy.p95) == (100.0, 2.0)
    assert found.per_second == 0.1


def test_what_is_full_is_named() -> None:
    assert what_is_full(level(1, pages=0.97), 1, 2) == "the processes of pages"
    both = level(1, pages=1.2, PostgreSQL=0.75)
    assert what_is_full(both, 2, 2) == "all cores, most of it pages"
    assert what_is_full(level(1, pages=0.3), 1, 2) == "nothing"


def test_the_table_says_what_was_not_reached() -> None:
    slow = level(500, milliseconds=300.0)
    text = as_markdown(Trial((level(100), slow), None, None, None), 2, HERE)
    assert "| 100 | 10.0 | 50 | 50 | 50 | ≤ 100 | 0 |" in text
    assert "≤ 250 (not reached)" in text
