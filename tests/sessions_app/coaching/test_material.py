import json
from dataclasses import replace
from typing import Any

import pytest

from sessions_app.coaching.material import coaching_data, review_data, verdicts_data
from sessions_app.coaching.written import Offer
from sessions_app.speech.findings import FindingStatus
from sessions_app.speech.words import Word
from tests.sessions_app.coaching.model import an_assignment, fillers_in
from tests.sessions_app.coaching.talks import with_fillers

ASSIGNMENT = an_assignment(prompt="A pitch of my shop", kind="pitch")


def coaching(**changes: Any) -> dict[str, Any]:
    situation = ASSIGNMENT.situation
    data: dict[str, Any] = json.loads(
        coaching_data(ASSIGNMENT, situation, Offer.of(situation), **changes)
    )
    return data


def test_words_of_a_window_carry_their_numbers_in_the_talk() -> None:
    first, second = ASSIGNMENT.windows
    data = json.loads(verdicts_data(ASSIGNMENT, second))
    assert (data["first"], data["last"]) == (second.first, second.last)
    text = ASSIGNMENT.situation.words[second.seen_first].text
    assert data["words"].startswith(f"{second.seen_first} {text} {second.seen_first + 1} ")
    assert second.seen_first < second.first == first.last + 1


def test_candidates_are_words_of_this_window_and_no_sounds() -> None:
    offered = [
        tuple(each)
        for window in ASSIGNMENT.windows
        for each in json.loads(verdicts_data(ASSIGNMENT, window))["candidates"]
    ]
    expected = [
        (f.start_word, f.end_word - 1, f.label, f.status.value)
        for label in ("like", "you know")
        for status in (FindingStatus.COUNTED, FindingStatus.POSSIBLE)
        for f in fillers_in(ASSIGNMENT, label, status)
    ]
    assert sorted(offered) == sorted(expected)


def test_what_is_known_besides_fillers_is_told() -> None:
    hedged = an_assignment("I guess it was a walk. " * 10)
    data = json.loads(verdicts_data(hedged, hedged.windows[0]))
    assert [0, 1, "hedge"] in data["known"]


def test_sounds_that_nobody_counted_are_to_be_reported() -> None:
    swedish = an_assignment("Alltså, öh, vi gick iväg. " * 8, language="sv")
    data = json.loads(verdicts_data(swedish, swedish.windows[0]))
    assert (data["sounds"], data["candidates"]) == ([], [])
    assert "um" in json.loads(verdicts_data(ASSIGNMENT, ASSIGNMENT.windows[0]))["sounds"]


def test_a_pause_is_marked_by_a_dash() -> None:
    words = (Word("so", 0, 300), Word("we", 900, 1_000), Word("go", 1_010, 1_200))
    paused = replace(ASSIGNMENT, situation=replace(ASSIGNMENT.situation, words=words, findings=()))
    window = replace(ASSIGNMENT.windows[0], first=0, last=2, seen_first=0, seen_last=2)
    assert json.loads(verdicts_data(paused, window))["words"] == "0 so – 1 we 2 go"


def test_the_review_sees_the_whole_talk_and_what_it_was_for() -> None:
    data = json.loads(review_data(ASSIGNMENT))
    assert (data["prompt"], data["kind"], data["language"]) == (
        "0 A 1 pitch 2 of 3 my 4 shop",
        "pitch",
        "en",
    )
    assert len(data["words"].split()) == 2 * len(ASSIGNMENT.situation.words)
    assert "violations" not in data
    assert json.loads(review_data(ASSIGNMENT, ["wrong"]))["violations"] == ["wrong"]


def test_coaching_sees_findings_and_excerpts_and_not_the_transcript() -> None:
    data = coaching()
    assert "words" not in data
    assert "filler:um" in data["slots"]
    assert data["topics"][0] == "fillers"
    assert "fillers_per_minute" in data["goals"]
    um = next(each for each in data["findings"] if each["label"] == "um")
    assert um["count"] == 40
    assert um["at"][0] == [0, 0]
    assert set(data["measures"]) == set(data["slots"])
    assert data["history"] == []


def test_coaching_is_told_what_was_wrong() -> None:
    assert coaching(violations=["summary: the figure “12”"])["violations"]


def test_history_tells_directions_and_no_figures() -> None:
    before = replace(ASSIGNMENT.situation.metrics, fillers_per_minute=90.0)
    situation = replace(ASSIGNMENT.situation, history=(before, before, before))
    data = json.loads(coaching_data(ASSIGNMENT, situation, Offer.of(situation)))
    fillers = next(each for each in data["history"] if each["measure"] == "fillers_per_minute")
    assert fillers == {"measure": "fillers_per_minute", "moved": "better", "beyond_usual": True}


@pytest.mark.parametrize(
    "said", ['"}], "candidates": []}', "\\", "</data>", "\u2028", '","first":0']
)
def test_whatever_was_said_stays_inside_a_string(said: str) -> None:
    words = (Word(said), *ASSIGNMENT.situation.words[1:])
    situation = replace(ASSIGNMENT.situation, words=words)
    assignment = replace(ASSIGNMENT, situation=situation)
    data = json.loads(verdicts_data(assignment, ASSIGNMENT.windows[0]))
    assert data["words"].startswith(f"0 {said} 1 ")
    assert set(data) == {"language", "first", "last", "words", "candidates", "sounds", "known"}


def test_a_situation_without_times_can_be_told() -> None:
    untimed = replace(with_fillers("um", 12), words=tuple(Word("word") for _ in range(150)))
    assert json.loads(coaching_data(ASSIGNMENT, untimed, Offer.of(untimed)))["topics"]
