"""Streams, as server-sent events."""

from __future__ import annotations

import json
from typing import Any

from openai import OpenAI

from tests.openai_sim_tests.asking import body, chat
from tests.simulator import Simulator


def events(simulator: Simulator, options: dict[str, bool] | None = None) -> list[Any]:
    response = chat(simulator, body(stream=True, stream_options=options))
    assert response.headers["content-type"].startswith("text/event-stream")
    lines = response.text.split("\n\n")
    assert lines[-2:] == ["data: [DONE]", ""]
    return [json.loads(line.removeprefix("data: ")) for line in lines[:-2]]


def test_pieces_make_the_whole_answer(simulator: Simulator) -> None:
    pieces = events(simulator)
    deltas = [piece["choices"][0]["delta"] for piece in pieces]
    assert deltas[0]["role"] == "assistant"
    assert "".join(delta.get("content") or "" for delta in deltas) == '{"ok":true}'
    assert [piece["choices"][0]["finish_reason"] for piece in pieces][-2:] == [None, "stop"]
    assert all("usage" not in piece for piece in pieces)


def test_usage_comes_last_where_it_is_asked_for(simulator: Simulator) -> None:
    *others, last = events(simulator, {"include_usage": True})
    assert all(piece["usage"] is None for piece in others)
    assert last["choices"] == []
    assert last["usage"]["completion_tokens"] == 3
    assert simulator.log()[-1].streamed
    assert simulator.bill().total > 0


def test_a_refusal_is_streamed_as_one(simulator: Simulator) -> None:
    simulator.next_faults(["refusal"])
    deltas = [piece["choices"][0]["delta"] for piece in events(simulator)]
    assert "sorry" in "".join(delta.get("refusal") or "" for delta in deltas)


def test_the_official_client_understands_it(simulator: Simulator) -> None:
    with OpenAI(base_url=simulator.url, api_key="any", max_retries=0) as client:
        chunks = client.chat.completions.create(
            model="gpt-5.4",
            messages=[{"role": "user", "content": "Hello"}],
            stream=True,
            stream_options={"include_usage": True},
        )
        *pieces, last = list(chunks)
    assert "".join(piece.choices[0].delta.content or "" for piece in pieces) == "OK."
    assert last.usage is not None
    assert last.usage.total_tokens == 3
