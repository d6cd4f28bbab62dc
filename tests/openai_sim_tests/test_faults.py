"""Which request a fault hits: by order, or by chance from a seed."""

from __future__ import annotations

import urllib.error

import pytest

from tests.openai_sim.faults import Fault, Faults, Kind
from tests.openai_sim_tests.asking import body, chat, post
from tests.simulator import Simulator, StartSimulator


def by_chance(seed: int, rates: dict[Fault, float]) -> list[Fault | None]:
    faults = Faults(rates, seed)
    return [faults.take(Kind.CHAT, "check") for _ in range(2000)]


def test_chance_keeps_its_rates_and_follows_its_seed() -> None:
    rates = {Fault.SERVER_ERROR: 0.1, Fault.RESET: 0.3}
    drawn = by_chance(1, rates)
    assert drawn.count(Fault.SERVER_ERROR) / len(drawn) == pytest.approx(0.1, abs=0.03)
    assert drawn.count(Fault.RESET) / len(drawn) == pytest.approx(0.3, abs=0.03)
    assert drawn == by_chance(1, rates)
    assert drawn != by_chance(2, rates)


@pytest.mark.parametrize("kind", [Kind.TRANSCRIPTION, Kind.EMBEDDINGS, Kind.MODELS])
def test_what_only_a_conversation_can_suffer_hits_nothing_else(kind: Kind) -> None:
    faults = Faults({Fault.REFUSAL: 1.0}, 1)
    assert faults.take(kind, kind) is None
    assert faults.take(Kind.CHAT, "check") is Fault.REFUSAL


def test_rates_of_the_command_line_hold_until_others_are_set(
    start_simulator: StartSimulator,
) -> None:
    simulator = start_simulator("--fault", "500=1")
    assert chat(simulator).status_code == 500
    simulator.set_faults({"503": 1.0})
    assert chat(simulator).status_code == 503
    simulator.set_faults({})
    assert chat(simulator).status_code == 200
    simulator.reset()
    assert simulator.faults() == {"rates": {"500": 1.0}, "next": {}}


def test_the_next_requests_of_one_purpose_are_hit_and_no_others(simulator: Simulator) -> None:
    simulator.next_faults(["500", "ok", "503"], "verdicts")
    verdicts = body({"words": "0 So", "candidates": []}, purpose="verdicts")
    assert chat(simulator).status_code == 200
    assert simulator.faults()["next"] == {"verdicts": ["500", "ok", "503"]}
    statuses = [chat(simulator, verdicts).status_code for _ in range(4)]
    assert statuses == [500, 200, 503, 200]


def test_an_order_for_any_purpose_leaves_the_rates_alone(simulator: Simulator) -> None:
    simulator.set_faults({"500": 1.0})
    simulator.next_faults(["ok", "503"])
    assert [chat(simulator).status_code for _ in range(3)] == [200, 503, 500]


def test_a_kind_that_does_not_exist_is_said(simulator: Simulator) -> None:
    with pytest.raises(urllib.error.HTTPError, match="400"):
        simulator.set_faults({"nonsense": 1.0})


@pytest.mark.parametrize(
    ("kind", "finish", "written"),
    [
        ("truncated_json", "stop", '{"ok"'),
        ("length", "length", '{"ok"'),
        ("content_filter", "content_filter", '{"ok"'),
        ("empty", "stop", ""),
        ("refusal", "stop", None),
    ],
)
def test_spoilt_answers_are_still_answers_and_paid_for(
    simulator: Simulator, kind: str, finish: str, written: str | None
) -> None:
    simulator.next_faults([kind])
    answer = chat(simulator).json()
    choice = answer["choices"][0]
    assert (choice["finish_reason"], choice["message"]["content"]) == (finish, written)
    assert bool(choice["message"]["refusal"]) == (kind == "refusal")
    assert answer["usage"]["prompt_tokens"] == 3
    assert simulator.bill().total > 0


def test_another_schema_is_valid_json_of_something_else(simulator: Simulator) -> None:
    simulator.next_faults(["wrong_schema"])
    assert "ok" not in chat(simulator).json()["choices"][0]["message"]["content"]


@pytest.mark.parametrize(("kind", "left"), [("empty", []), ("wrong_schema", None)])
def test_embeddings_can_be_missing(simulator: Simulator, kind: str, left: object) -> None:
    simulator.next_faults([kind], "embeddings")
    request = {"model": "text-embedding-3-small", "input": ["a"]}
    assert post(simulator, "/embeddings", request).json().get("data") == left


def test_by_question_chance_goes_by_what_is_asked_and_how_often() -> None:
    def taken(*questions: str) -> list[Fault | None]:
        faults = Faults({Fault.RESET: 0.5}, 1, by_question=True)
        return [faults.take(Kind.CHAT, "check", question) for question in questions]

    assert taken(*"ab" * 20)[::2] == taken(*"a" * 20) == taken(*"abc" * 20)[::3]
    assert len(set(taken(*"a" * 20))) == 2


def test_the_log_tells_questions_and_projects_apart_and_when_to_come_back(
    start_simulator: StartSimulator,
) -> None:
    simulator = start_simulator("--retry-after", "3")
    simulator.next_faults(["429"])
    for _ in range(2):
        chat(simulator)
    chat(simulator, body({"words": "0 So"}))
    first, same, other = simulator.log()
    assert (first.retry_after, same.retry_after) == (3.0, None)
    assert first.question == same.question != other.question
