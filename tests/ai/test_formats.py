from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from ai.config import AnswerFormat, Endpoint
from ai.formats import (
    by_schema,
    instructions_with_schema,
    schema_format,
    strict_schema,
    wants_schema,
)
from ai.manners import remember_missing
from ai.questions import Answer
from sessions_app.coaching.answers import CoachingAnswer, ReviewAnswer, WindowVerdicts

ANSWERS = [CoachingAnswer, ReviewAnswer, WindowVerdicts]


def objects(schema: Any) -> Iterator[dict[str, Any]]:
    if isinstance(schema, list):
        for item in schema:
            yield from objects(item)
    if isinstance(schema, dict):
        if schema.get("type") == "object":
            yield schema
        for value in schema.values():
            yield from objects(value)


@pytest.mark.parametrize("answer", ANSWERS)
def test_schemas_are_strict(answer: type[Answer]) -> None:
    found = list(objects(strict_schema(answer)))
    assert found
    for each in found:
        assert each["additionalProperties"] is False
        assert set(each["required"]) == set(each["properties"])


@pytest.mark.parametrize("answer", ANSWERS)
def test_bounds_and_titles_are_left_out(answer: type[Answer]) -> None:
    for each in objects(strict_schema(answer)):
        for value in each["properties"].values():
            assert not value.keys() & {"minimum", "maximum", "title", "default"}


def test_bounds_are_told_in_words() -> None:
    verdict = strict_schema(WindowVerdicts)["$defs"]["Verdict"]["properties"]
    assert verdict["sure"]["description"] == "From 0 to 1."
    assert verdict["first"]["description"] == "At least 0."


def test_a_field_may_be_called_like_a_keyword() -> None:
    assert "title" in strict_schema(CoachingAnswer)["$defs"]["FocusAnswer"]["properties"]


def test_a_schema_is_asked_for_by_its_purpose() -> None:
    wanted = schema_format("verdicts", WindowVerdicts)["json_schema"]
    assert (wanted["name"], wanted["strict"]) == ("verdicts", True)


def test_json_mode_has_the_schema_in_the_instructions() -> None:
    text = instructions_with_schema("Judge.", WindowVerdicts)
    start, _, schema = text.rpartition("\n")
    assert start.startswith("Judge.")
    assert "JSON" in start
    assert json.loads(schema) == strict_schema(WindowVerdicts)


@pytest.mark.parametrize(
    ("chosen", "before", "after"),
    [
        (AnswerFormat.AUTO, True, False),
        (AnswerFormat.SCHEMA, True, True),
        (AnswerFormat.JSON, False, False),
    ],
)
def test_only_auto_learns(chosen: AnswerFormat, before: bool, after: bool) -> None:
    endpoint = Endpoint(f"http://{chosen}.example/v1", "none")
    assert wants_schema(chosen, endpoint, "m") is before
    remember_missing(by_schema(endpoint, "m"))
    assert wants_schema(chosen, endpoint, "m") is after
    assert wants_schema(AnswerFormat.AUTO, endpoint, "another")
