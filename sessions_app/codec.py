"""Frozen dataclasses to JSON columns and back, validated on the way in."""

from __future__ import annotations

from functools import cache
from typing import Any, TypeVar

import numpy as np
from pydantic import TypeAdapter

from sessions_app.speech.words import Word

T = TypeVar("T")


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def dump(value: object) -> Any:
    kind: Any = type(value)
    return _adapter(kind).dump_python(value, mode="json")


def load(kind: type[T], data: Any) -> T:
    """Raises `pydantic.ValidationError` when `data` was not stored by `dump`."""
    key: Any = kind
    value: T = _adapter(key).validate_python(data)
    return value


def dump_words(words: tuple[Word, ...]) -> list[list[Any]]:
    """One short list per word: an hour of speech has nine thousand of them."""
    return [[w.text, w.start_ms, w.end_ms, w.confidence, w.turn] for w in words]


def load_words(rows: list[list[Any]]) -> tuple[Word, ...]:
    return tuple(Word(*row) for row in rows)


def dump_vector(vector: tuple[float, ...]) -> bytes:
    """Little-endian float32: what the models give has no more digits."""
    return np.asarray(vector, "<f4").tobytes()


def load_vector(data: bytes | memoryview) -> tuple[float, ...]:
    return tuple(np.frombuffer(data, "<f4").tolist())
