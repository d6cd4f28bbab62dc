"""The sentences template coaching is put together from, one table per language.

A language without a table gets the English one, and the coaching says so in its `language`.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

from sessions_app.coaching.schemas import PlanStep

_FOLDER = Path(__file__).with_name("texts")
FALLBACK = "en"

POINTING = "["
"""Opens the words that point to quoted moments."""

Variants = tuple[str, ...]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Exercise(_Strict):
    """`times` is how often a week."""

    text: str
    minutes: int
    times: int
    plan: str

    def step(self) -> PlanStep:
        return PlanStep(self.plan, self.minutes, self.times)


class AdviceTexts(_Strict):
    """Variants for one piece of advice.

    `<label>` stands for a word of the speaker's; words in [brackets] point to quoted moments.
    """

    title: Variants
    what: Variants
    why: Variants
    exercises: tuple[Exercise, ...]


class Steps(_Strict):
    record: Exercise
    keep: Exercise


class Phrases(_Strict):
    """All texts of a language. No text carries a figure; quantities are slots."""

    language: str
    advice: dict[str, AdviceTexts]
    goals: dict[str, Variants]
    strengths: dict[str, Variants]
    progress: dict[str, Variants]
    summary: dict[str, Variants]
    topics: dict[str, str]
    steps: Steps


@cache
def phrases(language: str) -> Phrases:
    """The table of a language code, or the English one. Raises `ValidationError` if broken."""
    code = language.lower()[:2]
    path = _FOLDER / f"{code}.yaml"
    if not (code.isalpha() and path.is_file()):
        path = _FOLDER / f"{FALLBACK}.yaml"
    return Phrases.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
