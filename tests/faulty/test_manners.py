from __future__ import annotations

from dataclasses import replace

from tests.faulty.manners import ON_THE_WAY, paid_again, too_early, too_late
from tests.faulty.outage import most_at_once
from tests.faulty.use import busiest, quietest
from tests.simulator import Asked

TOLD = Asked.read(
    {
        **dict.fromkeys(("tokens_in", "tokens_cached", "tokens_out", "audio_seconds"), 0),
        **dict.fromkeys(("streamed", "complete", "disconnected"), False),
        **{"id": 1, "path": "/", "purpose": "review", "model": "m", "cost": "0"},
        **{"start": 9.0, "end": 10.0, "status": 429, "fault": "429", "retry_after": 2.0},
        **{"question": "a", "project": "one"},
    }
)
GOOD = replace(TOLD, status=200, fault=None, retry_after=None, complete=True, end=20.0)


def test_the_same_question_waits_from_the_first_moment() -> None:
    assert too_early([TOLD, replace(GOOD, start=10.01)], same=True)
    assert too_early([TOLD, replace(GOOD, start=11.99)], same=True)
    assert not too_early([TOLD, replace(GOOD, start=12.0)], same=True)


def test_others_wait_as_soon_as_they_can_know() -> None:
    other = replace(GOOD, question="b", project="two")
    assert not too_early([TOLD, replace(other, start=10.0 + ON_THE_WAY / 2)], same=False)
    assert too_early([TOLD, replace(other, start=10.0 + ON_THE_WAY * 2)], same=False)
    assert not too_early([TOLD, replace(other, start=12.0)], same=False)


def test_answers_of_no_use_may_be_asked_for_again() -> None:
    spoilt = replace(GOOD, fault="empty")
    assert paid_again([spoilt, GOOD]) == 0
    assert paid_again([GOOD, GOOD, replace(GOOD, project="two")]) == 1


def test_too_late_is_what_the_server_sent_and_nobody_took() -> None:
    stalled = replace(GOOD, fault="stall", complete=False)
    left = replace(GOOD, disconnected=True, complete=False)
    assert too_late([stalled, left, GOOD], 2) == 0
    assert too_late([stalled, left, GOOD], 3) == 1


def test_the_busiest_minute_begins_anywhere() -> None:
    assert busiest([(0.0, 5), (59.0, 5), (60.0, 5), (118.0, 6)]) == 16
    assert busiest([(0.0, 5), (60.0, 5)]) == 5


def test_the_quietest_minute_is_a_whole_one() -> None:
    assert quietest([(0.0, 9), (10.0, 5), (20.0, 4), (60.0, 5), (75.0, 1), (90.0, 9)]) == 6


def test_calls_at_once_are_those_that_overlap() -> None:
    assert most_at_once([replace(GOOD, start=s, end=e) for s, e in ((0, 2), (1, 3), (2, 4))]) == 2
