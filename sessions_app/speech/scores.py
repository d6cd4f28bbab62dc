"""Scores 0–100 from measures. An absent score means that the recording cannot support it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Band(StrEnum):
    STRONG = "strong"
    SOLID = "solid"
    DEVELOPING = "developing"
    NEEDS_WORK = "needs_work"


@dataclass(frozen=True, slots=True)
class Score:
    value: int
    band: Band


@dataclass(frozen=True, slots=True)
class Scores:
    pace: Score | None
    fillers: Score | None
    pauses: Score | None
    variety: Score | None
    structure: Score | None
    overall: Score | None
