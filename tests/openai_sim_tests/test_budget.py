"""Requests and tokens a minute."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.openai_sim.budget import WINDOW, Window
from tests.openai_sim_tests.asking import body, chat
from tests.simulator import StartSimulator


def test_requests_over_the_limit_are_turned_away_and_told_when_to_come_back(
    start_simulator: StartSimulator,
) -> None:
    simulator = start_simulator("--rpm", "2")
    assert [chat(simulator).status_code for _ in range(2)] == [200, 200]
    response = chat(simulator)
    assert response.status_code == 429
    assert WINDOW - 10 < float(response.headers["retry-after"]) <= WINDOW
    assert [asked.fault for asked in simulator.log()] == [None, None, "over_budget"]


def test_tokens_of_questions_and_answers_count(start_simulator: StartSimulator) -> None:
    simulator = start_simulator("--tpm", "100")
    assert chat(simulator, body("x" * 200)).status_code == 200  # 52 tokens, and 3 for the answer
    assert chat(simulator, body("x" * 200)).status_code == 429
    assert chat(simulator, body("x" * 120)).status_code == 200


@given(
    rpm=st.integers(1, 5),
    tpm=st.integers(50, 200),
    requests=st.lists(st.tuples(st.floats(0, 40), st.integers(1, 50)), max_size=30),
)
def test_whoever_comes_back_as_told_is_let_in_and_not_before(
    rpm: int, tpm: int, requests: list[tuple[float, int]]
) -> None:
    now = 0.0
    window = Window(rpm, tpm, lambda: now)
    for pause, tokens in requests:
        now += pause
        wait = window.admit(tokens)
        if wait is not None:
            assert 0 < wait <= WINDOW + 0.001
            now += wait * 0.99
            assert window.admit(tokens) is not None
            now += wait * 0.01 + 0.001
            assert window.admit(tokens) is None
