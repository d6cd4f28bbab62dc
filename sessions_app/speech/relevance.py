"""Whether a talk is on the prompt it was to practise."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class RelevanceSource(StrEnum):
    RULE = "rule"
    AI = "ai"


@dataclass(frozen=True, slots=True)
class Point:
    """One thing the prompt asks for, quoted from it, and the words of the talk that answer it:
    half-open word ranges, none where the talk does not.
    """

    text: str
    places: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Relevance:
    """`value` is the share of the prompt's points that the talk answers, 0–1."""

    value: float
    source: RelevanceSource
    points: tuple[Point, ...]
