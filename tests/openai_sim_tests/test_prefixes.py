"""The prompt cache."""

from __future__ import annotations

import asyncio
from decimal import Decimal
from typing import Any

import httpx2
from hypothesis import given
from hypothesis import strategies as st

from tests.openai_sim.prefixes import SHORTEST, STEP, Prefixes
from tests.openai_sim_tests.asking import TIMEOUT, body, chat
from tests.simulator import Simulator, StartSimulator

LONG = "".join(chr(97 + n * n % 26) for n in range(4 * 3000))  # 3,000 tokens


def cached(response: httpx2.Response) -> Any:
    return response.json()["usage"]["prompt_tokens_details"]["cached_tokens"]


def test_a_known_beginning_is_cheaper(simulator: Simulator) -> None:
    assert cached(chat(simulator, body("first", system=LONG, model="gpt-5.4"))) == 0
    assert cached(chat(simulator, body("other", system=LONG, model="gpt-5.4"))) == 23 * STEP
    first, second = simulator.log()
    assert first.cost is not None
    assert second.cost is not None
    saved = 23 * STEP * (Decimal("2.5") - Decimal("0.25")) / 1_000_000
    assert first.cost - second.cost == saved
    assert second.tokens_cached == 23 * STEP


def test_every_model_remembers_for_itself(simulator: Simulator) -> None:
    chat(simulator, body(system=LONG, model="gpt-5.4"))
    assert cached(chat(simulator, body(system=LONG, model="gpt-4o"))) == 0


def test_a_beginning_counts_only_from_when_its_first_use_has_finished(
    start_simulator: StartSimulator,
) -> None:
    simulator = start_simulator("--profile", "token", "--time-scale", "0.1")
    simulator.slow_down({"gpt-5.4-mini": 50})

    async def together() -> list[httpx2.Response]:
        async with httpx2.AsyncClient(timeout=TIMEOUT) as client:
            asked = [
                client.post(f"{simulator.url}/chat/completions", json=body(text, system=LONG))
                for text in "abc"
            ]
            return await asyncio.gather(*asked)

    assert [cached(response) for response in asyncio.run(together())] == [0, 0, 0]
    simulator.slow_down({})
    assert cached(chat(simulator, body("d", system=LONG))) == 23 * STEP


def test_what_was_never_answered_is_not_remembered(simulator: Simulator) -> None:
    simulator.next_faults(["500"])
    chat(simulator, body(system=LONG))
    assert cached(chat(simulator, body(system=LONG))) == 0


@given(common=st.integers(0, 4 * 2200), more=st.integers(0, 4 * 500))
def test_steps_are_whole_and_short_beginnings_do_not_count(common: int, more: int) -> None:
    prefixes = Prefixes()
    prefixes.learn("m", LONG[:common] + "!" * more)
    found = prefixes.cached("m", LONG[:common] + "?" * more)
    whole = common // (4 * STEP) * STEP
    assert found == (whole if whole >= SHORTEST else 0)
