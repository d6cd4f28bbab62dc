"""Talks in which somebody tries to talk the model into something."""

from __future__ import annotations

from pathlib import Path

import yaml
from pydantic import BaseModel

from sessions_app.coaching.assignment import Assignment
from tests.sessions_app.coaching.model import an_assignment


class Said(BaseModel):
    language: str
    text: str


class _Table(BaseModel):
    hosts: dict[str, str]
    said: list[Said]


_TABLE = _Table.model_validate(
    yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))
)
INJECTIONS = _TABLE.said


def prompted(said: Said) -> Assignment:
    """A harmless talk of their language, with the words as what it was to practise."""
    return an_assignment(_TABLE.hosts[said.language], language=said.language, prompt=said.text)


def injected(said: Said) -> Assignment:
    """A talk of their language with the words in the middle of it."""
    host = _TABLE.hosts[said.language].split(". ")
    middle = len(host) // 2
    text = ". ".join([*host[:middle], said.text.removesuffix("."), *host[middle:]])
    return an_assignment(text, language=said.language)
