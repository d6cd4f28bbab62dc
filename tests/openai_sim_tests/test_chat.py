"""Questions and answers in the protocol's form."""

from __future__ import annotations

import json
import math

import httpx2
import pytest
from openai import OpenAI
from pydantic import BaseModel, ConfigDict

from tests.openai_sim_tests.asking import SCHEMA, TIMEOUT, body, chat, content, error
from tests.simulator import Simulator, StartSimulator

JSON_MODE = {"type": "json_object"}


class Weather(BaseModel):
    model_config = ConfigDict(extra="forbid")

    sunny: bool
    place: str


def test_answer_is_of_the_schema_and_counts_a_token_for_four_characters(
    simulator: Simulator,
) -> None:
    response = chat(simulator, body("x" * 10, system="y" * 3))
    assert content(response) == {"ok": True}
    answer, written = response.json(), len('{"ok":true}')
    assert answer["choices"][0]["finish_reason"] == "stop"
    assert answer["usage"]["prompt_tokens"] == 4
    assert answer["usage"]["completion_tokens"] == math.ceil(written / 4)
    assert answer["usage"]["prompt_tokens_details"]["cached_tokens"] == 0


def test_the_official_client_understands_it(simulator: Simulator) -> None:
    with OpenAI(base_url=simulator.url, api_key="any", max_retries=0) as client:
        completion = client.chat.completions.parse(
            model="gpt-5.4",
            messages=[{"role": "user", "content": "How is it outside?"}],
            response_format=Weather,
        )
    assert completion.choices[0].message.parsed == Weather(sunny=True, place="Fine.")


def test_without_a_form_the_answer_is_text(simulator: Simulator) -> None:
    plain = body()
    del plain["response_format"]
    assert chat(simulator, plain).json()["choices"][0]["message"]["content"] == "OK."


def test_json_mode_follows_the_schema_in_the_instructions(simulator: Simulator) -> None:
    system = f'Answer in JSON like {{"this": 1}}, by this schema: {json.dumps(SCHEMA)} Thanks.'
    response = chat(simulator, body({"a": 1}, system=system, response_format=JSON_MODE))
    assert content(response) == {"ok": True}


def test_json_mode_has_to_be_spoken_of(simulator: Simulator) -> None:
    assert chat(simulator, body(response_format=JSON_MODE)).status_code == 400


def test_an_answer_ends_at_the_limit_of_tokens(simulator: Simulator) -> None:
    choice = chat(simulator, body(max_completion_tokens=2)).json()["choices"][0]
    assert choice["message"]["content"] == '{"ok":tr'
    assert choice["finish_reason"] == "length"


@pytest.mark.parametrize(
    "schema",
    [
        {**SCHEMA, "additionalProperties": True},
        {**SCHEMA, "required": []},
        {**SCHEMA, "properties": {"ok": {"anyOf": [{"type": "object", "properties": {}}]}}},
    ],
    ids=["open", "optional", "open within"],
)
def test_strict_schemas_are_held_to_their_rules(
    simulator: Simulator, schema: dict[str, object]
) -> None:
    response = chat(simulator, body(schema=schema))
    assert (response.status_code, error(response)["code"]) == (400, "invalid_json_schema")


def test_a_server_without_schemas_declines_them_and_knows_json_mode(
    start_simulator: StartSimulator,
) -> None:
    simulator = start_simulator("--no-schema")
    response = chat(simulator)
    assert response.status_code == 400
    assert error(response)["param"] == "response_format"
    assert content(chat(simulator, body("json", response_format=JSON_MODE)))


def test_only_the_right_key_opens(start_simulator: StartSimulator) -> None:
    simulator = start_simulator("--key", "secret")
    statuses = [
        httpx2.post(
            f"{simulator.url}/chat/completions", json=body(), headers=headers, timeout=TIMEOUT
        ).status_code
        for headers in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": "Bearer secret"})
    ]
    assert statuses == [401, 401, 200]


@pytest.mark.parametrize("broken", [[], {}, {"model": "gpt-5.4"}, {"model": "m", "messages": []}])
def test_requests_that_make_no_sense_are_declined(simulator: Simulator, broken: object) -> None:
    response = httpx2.post(f"{simulator.url}/chat/completions", json=broken, timeout=TIMEOUT)
    assert response.status_code == 400
    assert simulator.log()[-1].status == 400


def test_what_was_asked_can_be_read_afterwards(simulator: Simulator) -> None:
    chat(simulator, body("How are you?", temperature=0.5))
    asked = simulator.log()[-1]
    assert (asked.path, asked.purpose, asked.model) == (
        "/v1/chat/completions",
        "check",
        "gpt-5.4-mini",
    )
    assert simulator.body(asked.id)["temperature"] == 0.5
