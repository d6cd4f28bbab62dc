"""Under which key an answer is kept, and as what text."""

from __future__ import annotations

import base64
import hashlib
import json
import sys
from array import array

from pydantic import TypeAdapter

from ai.questions import Heard

Vector = tuple[float, ...]

_HEARD = TypeAdapter(Heard)


def key_of(**parts: object) -> str:
    """The same parts always give the same key; `parts` are plain JSON values."""
    text = json.dumps(parts, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def dump_heard(heard: Heard) -> str:
    return _HEARD.dump_json(heard).decode()


def load_heard(text: str) -> Heard:
    """Raises `ValueError`."""
    return _HEARD.validate_json(text)


def single(values: list[float]) -> Vector:
    """In single precision, as models compute them: so a vector found equals the one received."""
    return tuple(array("f", values))


def dump_vectors(vectors: tuple[Vector, ...]) -> str:
    """A quarter of the size they have as numbers in JSON."""
    return json.dumps(
        [base64.b64encode(_little(array("f", v)).tobytes()).decode() for v in vectors]
    )


def load_vectors(text: str) -> tuple[Vector, ...]:
    """Raises `ValueError`."""
    return tuple(_vector(base64.b64decode(line)) for line in json.loads(text))


def _vector(data: bytes) -> Vector:
    values = array("f")
    values.frombytes(data)
    return tuple(_little(values))


def _little(values: array[float]) -> array[float]:
    if sys.byteorder == "big":
        values.byteswap()
    return values
