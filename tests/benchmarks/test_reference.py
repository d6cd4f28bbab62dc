from __future__ import annotations

import asyncio
import json
from pathlib import Path

import numpy as np
import pytest

from benchmarks.reference import ANALYSIS, COACHING, answer_of, hybrid, parts, sequential
from benchmarks.talk import RATE, Talk
from tests import media_files
from tests.openai_sim.answers.schemas import example
from tests.openai_sim.tokens import count
from tests.simulator import Simulator

SECONDS = 8  # words enough for all passages


@pytest.fixture
def talk(tmp_path: Path) -> Talk:
    """Nobody knows its words: the simulator hears some, two and a half a second."""
    noise = np.random.default_rng(1).normal(0, 3000, SECONDS * RATE).astype(np.int16)
    audio = media_files.write(tmp_path / "talk.webm", noise, rate=RATE)
    return Talk("short", audio, tmp_path / "talk.json", SECONDS, "")


@pytest.mark.parametrize("tokens", [ANALYSIS, COACHING])
def test_the_simulator_answers_as_long_as_it_is_asked_to(tokens: int) -> None:
    text = json.dumps(example(answer_of(tokens)), separators=(",", ":"))
    assert count(text) == tokens


def test_parts_are_all_of_the_text_in_order() -> None:
    found = parts("one two three four five", 3)
    assert len(found) == 3
    assert " ".join(found) == "one two three four five"


def test_the_sequential_flow_asks_one_thing_after_the_other(
    simulator: Simulator, talk: Talk
) -> None:
    flow = asyncio.run(sequential(simulator.url, talk, scale=0))
    asked = simulator.log()
    assert [each.tokens_out for each in asked[1:3]] == [ANALYSIS, COACHING]
    assert [each.model for each in asked[1:3]] == ["gpt-5.4", "gpt-5.4"]
    assert not any(one.overlaps(other) for one in asked for other in asked if one is not other)
    assert flow.usd == simulator.bill().total
    assert flow.total("tokens_in") == sum(each.tokens_in for each in asked)


@pytest.mark.parametrize(("regenerates", "coachings"), [(False, 1), (True, 2)])
def test_the_hybrid_asks_for_coaching_on_the_quicker_model(
    simulator: Simulator, talk: Talk, regenerates: bool, coachings: int
) -> None:
    flow = asyncio.run(hybrid(simulator.url, talk, 0, regenerates=regenerates))
    models = [call.model for call in flow.calls if call.purpose == "coaching"]
    assert models == ["gpt-5.4-mini"] * coachings
    assert sum(call.model == "gpt-5.4" for call in flow.calls) == 1
