"""Faults that are errors: what a client sees of each."""

from __future__ import annotations

import pytest

from tests.openai_sim_tests.asking import chat, content, error
from tests.simulator import Simulator, StartSimulator


@pytest.mark.parametrize(
    ("kind", "status", "code"),
    [
        ("429", 429, "rate_limit_exceeded"),
        ("500", 500, None),
        ("503", 503, None),
        ("quota", 429, "insufficient_quota"),
        ("filter_400", 400, "content_filter"),
        ("context_too_long", 400, "context_length_exceeded"),
    ],
)
def test_each_has_its_status_and_code(
    simulator: Simulator, kind: str, status: int, code: str | None
) -> None:
    simulator.next_faults([kind])
    response = chat(simulator)
    assert (response.status_code, error(response)["code"]) == (status, code)
    logged = simulator.log()[-1]
    assert (logged.status, logged.fault, logged.complete) == (status, kind, False)
    assert simulator.bill().total == 0
    assert content(chat(simulator)) == {"ok": True}


def test_azure_says_which_filter_it_was(simulator: Simulator) -> None:
    simulator.next_faults(["filter_400"])
    inner = error(chat(simulator))["innererror"]
    assert inner["code"] == "ResponsibleAIPolicyViolation"


def test_only_running_into_a_limit_says_when_to_come_back(simulator: Simulator) -> None:
    simulator.next_faults(["429", "quota", "503"])
    waits = [chat(simulator).headers.get("retry-after") for _ in range(3)]
    assert waits == ["1", None, None]


def test_the_time_to_come_back_is_scaled(start_simulator: StartSimulator) -> None:
    simulator = start_simulator("--time-scale", "0.05")
    simulator.next_faults(["429"])
    headers = chat(simulator).headers
    assert (headers["retry-after"], headers["retry-after-ms"]) == ("0.05", "50")
