"""Asking for JSON: by schema, or in words where the server knows no schemas."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from ai.config import AnswerFormat, Endpoint
from ai.manners import Manner, knows
from ai.questions import Answer

# What every server with strict schemas knows. Bounds are told in words: some refuse them.
KEPT = {
    "$ref",
    "additionalProperties",
    "anyOf",
    "const",
    "description",
    "enum",
    "items",
    "required",
    "type",
}
NAMED = {"properties", "$defs"}  # their keys are names of ours, not keywords


@cache
def strict_schema(answer: type[Answer]) -> dict[str, Any]:
    return _plain(answer.model_json_schema())


def _plain(schema: Mapping[str, Any]) -> dict[str, Any]:
    if "$ref" in schema:  # strict schemas allow nothing beside it
        return {"$ref": schema["$ref"]}
    plain = {key: _below(value) for key, value in schema.items() if key in KEPT}
    for key in NAMED & schema.keys():
        plain[key] = {name: _plain(value) for name, value in schema[key].items()}
    if bounds := _bounds(schema):
        plain["description"] = f"{plain.get('description', '')} {bounds}".strip()
    return plain


def _below(value: Any) -> Any:
    if isinstance(value, list):
        return [_below(item) for item in value]
    return _plain(value) if isinstance(value, dict) else value


def _bounds(schema: Mapping[str, Any]) -> str:
    low, high = schema.get("minimum"), schema.get("maximum")
    match low, high:
        case None, None:
            return ""
        case _, None:
            return f"At least {low}."
        case None, _:
            return f"At most {high}."
        case _:
            return f"From {low} to {high}."


def by_schema(endpoint: Endpoint, model: str) -> Manner:
    return Manner.of(endpoint, model, "answers by schema")


def wants_schema(chosen: AnswerFormat, endpoint: Endpoint, model: str) -> bool:
    if chosen is AnswerFormat.AUTO:
        return knows(by_schema(endpoint, model))
    return chosen is AnswerFormat.SCHEMA


def schema_format(purpose: str, answer: type[Answer]) -> dict[str, Any]:
    wanted = {"name": purpose, "strict": True, "schema": strict_schema(answer)}
    return {"type": "json_schema", "json_schema": wanted}


JSON_MODE = {"type": "json_object"}


def instructions_with_schema(instructions: str, answer: type[Answer]) -> str:
    schema = json.dumps(strict_schema(answer), ensure_ascii=False, separators=(",", ":"))
    return f"{instructions}\n\nAnswer with one JSON object of this JSON schema:\n{schema}"
