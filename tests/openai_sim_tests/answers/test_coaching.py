"""Coaching: complete, brief, and without figures unless it is told to break that rule."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from random import Random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from sessions_app.coaching.answers import CoachingAnswer
from sessions_app.coaching.figures import find_figures
from sessions_app.coaching.slots import slot_names
from tests.openai_sim import tokens
from tests.openai_sim.answers import coaching
from tests.openai_sim.answers.advice import ADVICE
from tests.openai_sim_tests.asking import body, chat, content
from tests.simulator import StartSimulator

SLOTS = [*slot_names(), "filler:um"]
DATA: dict[str, Any] = {
    "language": "en",
    "slots": SLOTS,
    "topics": ["fillers", "pace", "pauses", "hedges"],
    "goals": ["fillers_per_minute"],
    "findings": [
        {"kind": "filler", "label": "um", "count": 12, "at": [[4, 4], [9, 9]]},
        {"kind": "long_pause", "label": "", "count": 1, "at": [[20, 21]]},
    ],
    "excerpts": [[0, 5, "So um I like dogs and"]],
}
_SLOT = re.compile(r"\{([^{}|]*)")


def written(data: dict[str, Any], seed: int = 1) -> CoachingAnswer:
    return CoachingAnswer.model_validate(coaching.write(data, Random(seed)))


def texts(answer: object) -> Iterator[str]:
    """Every text there is."""
    if isinstance(answer, str):
        yield answer
    if isinstance(answer, dict | list):
        for part in answer.values() if isinstance(answer, dict) else answer:
            yield from texts(part)


def test_areas_are_those_offered_with_their_evidence() -> None:
    areas = written(DATA).focus_areas
    assert [area.topic for area in areas] == ["fillers", "pace", "pauses"]
    assert (areas[0].first, areas[0].last) in {(4, 4), (9, 9)}
    assert (areas[1].first, areas[1].last) == (0, 5)
    assert (areas[2].first, areas[2].last) == (20, 21)
    assert "{filler:um|time|times}" in areas[0].what


def test_the_goal_is_one_that_is_offered() -> None:
    goal = written(DATA).goal
    assert goal is not None
    assert goal.metric == "fillers_per_minute"
    assert written({**DATA, "goals": []}).goal is None


@given(
    seed=st.integers(),
    slots=st.lists(st.sampled_from(SLOTS), unique=True),
    topics=st.lists(st.sampled_from([*ADVICE, "length"]), min_size=3, unique=True),
)
def test_it_is_long_enough_and_shows_quantities_only_in_slots_that_are_offered(
    seed: int, slots: list[str], topics: list[str]
) -> None:
    answer = written({**DATA, "slots": slots, "topics": topics}, seed)
    assert 350 <= tokens.count(answer.model_dump_json()) <= 550
    said = list(texts(answer.model_dump()))
    assert not any(find_figures(text) for text in said)
    assert {slot for text in said for slot in _SLOT.findall(text)} <= set(slots)


def test_without_data_it_is_still_coaching() -> None:
    assert len(written({"language": "en"}).focus_areas) == 3


def test_it_breaks_the_rule_as_often_as_it_is_told(start_simulator: StartSimulator) -> None:
    simulator = start_simulator("--figures", "0.5")
    schema = CoachingAnswer.model_json_schema()
    question = body(DATA, purpose="coaching", schema=schema)
    summaries = [content(chat(simulator, question))["summary"] for _ in range(40)]
    broken = [
        summary
        for summary in summaries
        if find_figures(summary) or set(_SLOT.findall(summary)) - set(SLOTS)
    ]
    assert 8 < len(broken) < 32


def test_the_same_question_has_the_same_answer(start_simulator: StartSimulator) -> None:
    simulator = start_simulator()
    question = body(DATA, purpose="coaching_again", schema=CoachingAnswer.model_json_schema())
    answers = {json.dumps(content(chat(simulator, question))) for _ in range(3)}
    assert len(answers) == 1
