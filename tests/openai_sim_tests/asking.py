"""Requests as a client sends them, with nothing between the test and the wire but HTTP."""

from __future__ import annotations

import json
from typing import Any

import httpx2

from tests.simulator import Simulator

TIMEOUT = 60.0  # seconds
SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {"ok": {"type": "boolean"}},
    "required": ["ok"],
    "additionalProperties": False,
}


def body(
    user: object = "hello",
    *,
    system: str = "Answer.",
    purpose: str = "check",
    schema: dict[str, Any] = SCHEMA,
    model: str = "gpt-5.4-mini",
    **more: object,
) -> dict[str, Any]:
    """A question by schema; `user` as text, or as data to be written as JSON."""
    text = user if isinstance(user, str) else json.dumps(user)
    return {
        "model": model,
        "messages": [{"role": "system", "content": system}, {"role": "user", "content": text}],
        "response_format": {
            "type": "json_schema",
            "json_schema": {"name": purpose, "strict": True, "schema": schema},
        },
        **more,
    }


def post(simulator: Simulator, path: str, data: object) -> httpx2.Response:
    return httpx2.post(simulator.url + path, json=data, timeout=TIMEOUT)


def chat(simulator: Simulator, data: dict[str, Any] | None = None) -> httpx2.Response:
    return post(simulator, "/chat/completions", body() if data is None else data)


def content(response: httpx2.Response) -> Any:
    """The answer within the answer."""
    assert response.status_code == 200, response.text
    return json.loads(response.json()["choices"][0]["message"]["content"])


def error(response: httpx2.Response) -> Any:
    return response.json()["error"]
