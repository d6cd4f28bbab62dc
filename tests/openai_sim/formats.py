"""The form in which an answer is wanted: by schema, JSON mode, or just text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tests.openai_sim.errors import bad_request

Schema = dict[str, Any]
_NAME = re.compile(r"[a-zA-Z0-9_-]{1,64}")


@dataclass(frozen=True, slots=True)
class Format:
    """`schema` also where JSON mode only tells it in the instructions."""

    name: str | None = None
    schema: Schema | None = None
    json: bool = False


def answer_format(body: dict[str, Any], instructions: str, *, schemas: bool) -> Format:
    """Raises `Declined` for a form that the server does not know."""
    wanted = body.get("response_format") or {"type": "text"}
    if wanted.get("type") == "json_schema":
        return _by_schema(wanted.get("json_schema") or {}, schemas)
    if wanted.get("type") == "json_object":
        return _json_mode(body, instructions)
    return Format()


def _by_schema(wanted: dict[str, Any], schemas: bool) -> Format:
    if not schemas:
        raise bad_request(
            "Invalid parameter: 'response_format' of type 'json_schema' is not supported with "
            "this model.",
            param="response_format",
        )
    name, schema = wanted.get("name"), wanted.get("schema")
    if not isinstance(name, str) or not _NAME.fullmatch(name) or not isinstance(schema, dict):
        raise bad_request("Invalid 'response_format.json_schema'.", param="response_format")
    if wanted.get("strict"):
        for problem in _not_strict(schema, ()):
            raise bad_request(
                f"Invalid schema for response_format '{name}': {problem}",
                "invalid_json_schema",
                "response_format",
            )
    return Format(name, schema, json=True)


def _json_mode(body: dict[str, Any], instructions: str) -> Format:
    if "json" not in json.dumps(body.get("messages")).casefold():
        raise bad_request(
            "'messages' must contain the word 'json' in some form, to use 'response_format' of "
            "type 'json_object'.",
            param="messages",
        )
    return Format(schema=_schema_within(instructions), json=True)


def _not_strict(schema: object, path: tuple[str, ...]) -> Iterator[str]:
    """What strict mode forbids: open objects, optional properties, defaults."""
    if isinstance(schema, list):
        for item in schema:
            yield from _not_strict(item, path)
    if not isinstance(schema, dict):
        return
    if schema.get("type") == "object":
        if schema.get("additionalProperties") is not False:
            yield f"In context={path}, 'additionalProperties' is required to be supplied and false."
        if set(schema.get("required", ())) != set(schema.get("properties", {})):
            yield f"In context={path}, 'required' has to list every key in properties."
    for key, value in schema.items():
        yield from _not_strict(value, (*path, key))


def _schema_within(instructions: str) -> Schema | None:
    """The largest JSON object in the text that describes an object."""
    decoder = json.JSONDecoder()
    at = instructions.find("{")
    while at >= 0:
        try:
            found, _ = decoder.raw_decode(instructions, at)
        except ValueError:
            found = None
        if isinstance(found, dict) and "properties" in found:
            return found
        at = instructions.find("{", at + 1)
    return None
