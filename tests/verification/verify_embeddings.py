"""Vectors of texts."""

from __future__ import annotations

import math

from ai.config import Config
from ai.memory import MemoryBooks
from tests.verification.asking import deadline, talk

TEXTS = ("We walk to our meetings.", "We go to meetings on foot.", "Prices rose in March.")


def test_vectors_come_in_order_and_of_one_length(config: Config, books: MemoryBooks) -> None:
    vectors = talk(config, books, lambda client: client.embed([*TEXTS, TEXTS[0]], deadline()))
    assert len({len(vector) for vector in vectors}) == 1
    assert cosine(vectors[0], vectors[3]) > 0.999
    assert cosine(vectors[0], vectors[2]) < 0.999


def cosine(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    return sum(a * b for a, b in zip(one, other, strict=True)) / (
        math.hypot(*one) * math.hypot(*other)
    )
