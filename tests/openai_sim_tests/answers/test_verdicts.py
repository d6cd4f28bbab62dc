"""Verdicts on candidates, by the next word and by marks."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from sessions_app.coaching.answers import WindowVerdicts
from tests.openai_sim.answers import verdicts
from tests.openai_sim_tests.asking import body, chat, content
from tests.simulator import Simulator


def asked(text: str, *candidates: list[Any], **more: object) -> dict[str, object]:
    words = text.split()
    numbered = " ".join(f"{at} {word}" for at, word in enumerate(words))
    data = {"language": "en", "first": 0, "last": len(words) - 1, "words": numbered}
    return {**data, "candidates": list(candidates), **more}


def answered(data: dict[str, object]) -> dict[str, list[tuple[int, int]]]:
    answer = WindowVerdicts.model_validate(verdicts.write(data, Random(1)))
    return {
        name: [(each.first, each.last) for each in getattr(answer, name)]
        for name in ("rejected", "confirmed", "missed")
    }


@pytest.mark.parametrize(
    ("text", "label", "last"),
    [
        ("like a bird", "like", 0),
        ("well known facts", "well", 0),
        ("so far away", "so", 0),
        ("right now please", "right", 0),
        ("you know how it ends", "you know", 1),
    ],
)
def test_counted_words_that_mean_something_are_rejected(text: str, label: str, last: int) -> None:
    data = asked(text, [0, last, label, "counted"])
    assert answered(data) == {"rejected": [(0, last)], "confirmed": [], "missed": []}


@pytest.mark.parametrize(
    ("text", "candidate", "confirmed"),
    [
        ("like, nothing", [0, 0, "like", "possible"], [(0, 0)]),
        ("you know, nothing", [0, 1, "you know", "possible"], [(0, 1)]),
        ("like nothing", [0, 0, "like", "possible"], []),
    ],
)
def test_possible_words_before_a_comma_are_confirmed(
    text: str, candidate: list[Any], confirmed: list[tuple[int, int]]
) -> None:
    assert answered(asked(text, candidate))["confirmed"] == confirmed


def test_possible_words_before_a_pause_are_confirmed() -> None:
    data = {**asked("x"), "words": "0 So 1 like – 2 nothing", "last": 2}
    data["candidates"] = [[1, 1, "like", "possible"]]
    assert answered(data)["confirmed"] == [(1, 1)]


def test_words_that_speech_tools_seldom_know_are_reported() -> None:
    data = asked("It was kinda late, innit? And whatnot.", [6, 6, "whatnot", "counted"])
    assert answered(data) == {"rejected": [], "confirmed": [], "missed": [(2, 2), (4, 4)]}


def test_only_the_stretch_itself_is_judged() -> None:
    data = asked("kinda like a like a kinda", [1, 1, "like", "counted"], [3, 3, "like", "counted"])
    assert answered({**data, "first": 2, "last": 4}) == {
        "rejected": [(3, 3)],
        "confirmed": [],
        "missed": [],
    }


def test_they_come_by_schema_with_reasons_and_no_figures(simulator: Simulator) -> None:
    data = asked("like a kinda thing", [0, 0, "like", "counted"])
    schema = WindowVerdicts.model_json_schema()
    answer = content(chat(simulator, body(data, purpose="verdicts", schema=schema)))
    parsed = WindowVerdicts.model_validate(answer)
    assert [(each.sure, bool(each.why)) for each in parsed.rejected] == [(0.9, True)]
    assert not any(letter.isdigit() for each in parsed.missed for letter in each.why)
    assert simulator.log()[-1].purpose == "verdicts"
