"""How long answers take, and that they are made side by side."""

from __future__ import annotations

import asyncio
import itertools

import httpx2
import pytest

from tests.openai_sim.latency import Delay, Latency, Profile
from tests.openai_sim_tests.asking import SCHEMA, TIMEOUT, body, content
from tests.simulator import Simulator, StartSimulator


async def ask_together(simulator: Simulator, count: int) -> list[httpx2.Response]:
    async with httpx2.AsyncClient(timeout=TIMEOUT) as client:
        address = f"{simulator.url}/chat/completions"
        return await asyncio.gather(
            *(client.post(address, json=body(f"question {n}")) for n in range(count))
        )


def test_each_model_has_its_speed() -> None:
    latency = Latency(Profile.TOKEN, 1.0)
    assert latency.chat("gpt-5.4", 430) == Delay(0.64, 0.64 + 10)
    assert latency.chat("gpt-5.4-mini", 750) == Delay(0.6, 0.6 + 10)
    assert latency.chat("any-other", 750) == latency.chat("gpt-5.4-mini", 750)
    assert latency.transcription(100).last == pytest.approx(2.55)
    assert latency.embeddings().last == 0.3


def test_the_scale_multiplies_every_wait_and_no_profile_is_no_wait() -> None:
    assert Latency(Profile.TOKEN, 0.1).chat("gpt-5.4", 43).last == pytest.approx(0.164)
    assert Latency(Profile.NONE, 1.0).chat("gpt-5.4", 43) == Delay()


def test_a_model_can_be_slowed_down_alone_and_until_told_otherwise(
    start_simulator: StartSimulator,
) -> None:
    simulator = start_simulator("--profile", "token", "--time-scale", "0.1")
    address = f"{simulator.url}/chat/completions"
    for factors in ({"gpt-5.4": 40.0}, {}):
        simulator.slow_down(factors)
        for model in ("gpt-5.4", "gpt-5.4-mini"):
            httpx2.post(address, json=body(model=model), timeout=TIMEOUT)
    slow, *others = [(asked.end or 0) - asked.start for asked in simulator.log()]
    assert slow > 40 * 0.064
    assert max(others) < 40 * 0.06  # what the other one would take if it were as slow


def test_many_requests_go_on_at_once(start_simulator: StartSimulator) -> None:
    simulator = start_simulator("--profile", "token", "--time-scale", "15")
    answers = asyncio.run(ask_together(simulator, 40))
    assert all(content(answer) == {"ok": True} for answer in answers)
    log = simulator.log()
    assert all(one.overlaps(other) for one, other in itertools.combinations(log, 2))
    expected = 15 * (0.6 + 3 / 75)
    assert all(one.end is not None and one.end - one.start >= expected - 0.01 for one in log)


def test_the_first_token_comes_before_the_last(start_simulator: StartSimulator) -> None:
    simulator = start_simulator("--profile", "token", "--time-scale", "0.5")
    long = {**SCHEMA, "properties": {"ok": {"type": "string", "minLength": 2000}}}
    question = body(stream=True, schema=long)
    with httpx2.stream(
        "POST", f"{simulator.url}/chat/completions", json=question, timeout=TIMEOUT
    ) as response:
        pieces = response.iter_raw()
        assert next(pieces).startswith(b"data: ")
        assert simulator.log()[-1].end is None
        assert len(list(pieces)) > 10
    assert simulator.log()[-1].complete


@pytest.mark.parametrize("count", [300])
def test_nothing_is_mixed_up_among_many(simulator: Simulator, count: int) -> None:
    answers = asyncio.run(ask_together(simulator, count))
    numbers = {answer.json()["id"] for answer in answers}
    assert len(numbers) == len(simulator.log()) == count
    assert simulator.bill().total == sum(asked.cost or 0 for asked in simulator.log())
