from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions_app.speech.clusters import cluster_findings
from sessions_app.speech.fillers import filler_findings, find_fillers
from sessions_app.speech.findings import Finding, Severity
from sessions_app.speech.words import Word
from tests.sessions_app.speech.said import english, notes, said, timed


def clusters(words: tuple[Word, ...], starts: tuple[int, ...] = (0,)) -> list[Finding]:
    fillers = filler_findings(find_fillers(words, english()), notes(words))
    ranges = tuple(zip(starts, (*starts[1:], len(words)), strict=True))
    return cluster_findings(fillers, ranges, notes(words))


def at(*seconds: float) -> tuple[Word, ...]:
    """An "um" at each moment, three other words before it."""
    others = said("we went home")
    ums = (Word("um", round(s * 1000), round(s * 1000) + 200) for s in seconds)
    return tuple(word for um in ums for word in (*others, um))


@pytest.mark.parametrize(
    ("seconds", "sizes"),
    [
        ((0, 5), []),
        ((0, 5, 10), [3]),
        ((0, 5, 10.001), []),
        ((0, 4, 8, 12, 16), [5]),
        ((0, 1, 2, 20, 21, 22), [3, 3]),
        ((0, 1, 2, 9, 20), [4]),
        ((0, 8, 9, 10, 19), [5]),
        ((0, 8, 9, 10, 20), [4]),
    ],
)
def test_three_within_ten_seconds_are_a_cluster(
    seconds: tuple[float, ...], sizes: list[int]
) -> None:
    found = clusters(at(*seconds))
    assert [f.text.count("um") for f in found] == sizes


def test_many_weigh_more() -> None:
    found = [clusters(at(*range(n)))[0].severity for n in (4, 5)]
    assert found == [Severity.MINOR, Severity.MAJOR]


@pytest.mark.parametrize(
    ("gaps", "starts", "place"),
    [
        ({}, (0,), "mid_sentence"),
        ({}, (0, 5), "start_of_sentence"),
        ({4: 900}, (0,), "after_pause"),
    ],
)
def test_what_came_before_is_told(
    gaps: Mapping[int, int], starts: tuple[int, ...], place: str
) -> None:
    words = timed("we had a budget for um uh um bread", gaps=gaps)
    (found,) = clusters(words, starts)
    assert (found.label, found.text) == (place, "a budget for um uh um")


def test_the_talk_can_begin_with_one() -> None:
    (found,) = clusters(timed("um uh um bread"))
    assert (found.label, found.start_word) == ("start_of_talk", 0)


def test_the_lead_in_stays_in_the_turn() -> None:
    words = (*timed("yes I do"), *(Word(w.text, 2000, 2200, turn=1) for w in said("so um um um")))
    assert clusters(words)[0].text == "so um um um"


def test_fillers_without_times_are_not_close_together() -> None:
    assert clusters(said("um uh um")) == []


@given(st.lists(st.integers(0, 15_000), max_size=25))
def test_clusters_hold_exactly_the_fillers_with_two_near_ones(steps: list[int]) -> None:
    times = [sum(steps[: i + 1]) for i in range(len(steps))]
    words = tuple(Word("um", t, t + 1) for t in times)
    inside = {i for f in clusters(words) for i in range(f.start_word, f.end_word)}
    for i in range(len(times)):
        trios = [times[k : k + 3] for k in range(max(0, i - 2), min(i, len(times) - 3) + 1)]
        if any(len(t) == 3 and t[2] - t[0] <= 10_000 for t in trios):
            assert i in inside
