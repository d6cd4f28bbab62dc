"""Values for schemas."""

from __future__ import annotations

from enum import Enum
from typing import Annotated, Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, Field

from sessions_app.coaching.answers import CoachingAnswer, ReviewAnswer, WindowVerdicts
from tests.openai_sim.answers.schemas import conform, example


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Colour(Enum):
    RED = "red"


class Leaf(Strict):
    colour: Colour
    kind: Literal["a", "b"]
    always: Literal["x"]


class Tree(Strict):
    left: Tree | None
    more: list[Tree]
    leaf: Leaf


class Bounds(Strict):
    low: Annotated[int, Field(ge=3)]
    above: Annotated[int, Field(gt=3, lt=5)]
    below: Annotated[float, Field(lt=-2)]
    share: Annotated[float, Field(ge=0.25, le=0.5)]
    text: Annotated[str, Field(min_length=20, max_length=30)]
    three: Annotated[list[Leaf], Field(min_length=3)]
    none: Annotated[list[int], Field(max_length=0)]
    either: int | str
    yes: bool
    nothing: None


MODELS: list[type[BaseModel]] = [
    Leaf,
    Tree,
    Bounds,
    CoachingAnswer,
    ReviewAnswer,
    WindowVerdicts,
]
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["leaf", "left", "x"]), inner),
)


@pytest.mark.parametrize("model", MODELS)
def test_examples_are_valid(model: type[BaseModel]) -> None:
    model.model_validate(example(model.model_json_schema()))


@given(ANYTHING)
def test_anything_can_be_made_to_fit(value: Any) -> None:
    Tree.model_validate(conform(value, Tree.model_json_schema()))


@pytest.mark.parametrize("model", MODELS)
def test_what_fits_stays_as_it_is(model: type[BaseModel]) -> None:
    schema = model.model_json_schema()
    value = example(schema)
    assert conform(value, schema) == value


def test_what_is_unknown_goes_and_what_is_missing_comes() -> None:
    given_value = {"colour": "blue", "kind": "b", "more": 1}
    assert conform(given_value, Leaf.model_json_schema()) == {
        "colour": "red",
        "kind": "b",
        "always": "x",
    }
