"""Vectors of texts."""

from __future__ import annotations

import math

import pytest
from openai import OpenAI

from tests.openai_sim.embeddings import vector
from tests.openai_sim_tests.asking import post
from tests.simulator import Simulator, StartSimulator

MODEL = "text-embedding-3-small"


def likeness(one: str, other: str) -> float:
    return sum(a * b for a, b in zip(vector(one, 64), vector(other, 64), strict=True))


def test_like_texts_are_alike() -> None:
    talk = "We kept every decision in long meetings"
    again = "Every decision was kept in meetings, long ones"
    other = "Penguins swim faster than they walk"
    assert likeness(talk, talk) == pytest.approx(1)
    assert likeness(talk, again) > 0.6
    assert abs(likeness(talk, other)) < 0.4


@pytest.mark.parametrize("text", ["a", "…", "", "Größe und Maß"])
def test_every_vector_has_length_one(text: str) -> None:
    assert math.hypot(*vector(text, 16)) == pytest.approx(1)


def test_vectors_come_in_order_and_tokens_are_billed(simulator: Simulator) -> None:
    answer = post(simulator, "/embeddings", {"model": MODEL, "input": ["one", "two words"]}).json()
    assert [row["index"] for row in answer["data"]] == [0, 1]
    assert answer["data"][1]["embedding"] == pytest.approx(vector("two words", 64))
    assert answer["usage"] == {"prompt_tokens": 4, "total_tokens": 4}
    assert simulator.log()[-1].tokens_in == 4


def test_the_official_client_reads_the_binary_form(start_simulator: StartSimulator) -> None:
    simulator = start_simulator("--dimensions", "8")
    with OpenAI(base_url=simulator.url, api_key="any", max_retries=0) as client:
        found = client.embeddings.create(model=MODEL, input="some words")
    assert found.data[0].embedding == pytest.approx(vector("some words", 8), abs=1e-6)


@pytest.mark.parametrize("given", [[], [""], None, [1, 2], ["x" * 40_000], ["x"] * 2049])
def test_input_that_the_real_api_declines_is_declined(simulator: Simulator, given: object) -> None:
    assert post(simulator, "/embeddings", {"model": MODEL, "input": given}).status_code == 400
