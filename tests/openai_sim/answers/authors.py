"""Who answers what."""

from __future__ import annotations

import json
from collections.abc import Callable
from random import Random

from tests.openai_sim.answers import coaching, gullible, review, verdicts
from tests.openai_sim.answers.brief import Brief, Data
from tests.openai_sim.answers.schemas import conform, example
from tests.openai_sim.simulation import Simulation

Author = Callable[[Data, Random], object]
AUTHORS: dict[str, Author] = {
    "verdicts": verdicts.write,
    "review": review.write,
    "coaching": coaching.write,
    "coaching_again": coaching.write,
}


def write(brief: Brief, simulation: Simulation) -> str:
    """The content of the answer, compact JSON where JSON is wanted."""
    if not brief.form.json:
        return "OK."
    options = simulation.options
    if options.gullible and gullible.tempted(brief.user):
        return _json(gullible.write(brief.data, brief.purpose, simulation.random))
    answer = _answer(brief, options.seed)
    if brief.purpose.startswith("coaching") and simulation.random.random() < options.figures:
        answer = coaching.with_figures(answer, simulation.random)
    return _json(answer)


def _answer(brief: Brief, seed: int) -> object:
    author, schema = AUTHORS.get(brief.purpose), brief.form.schema
    if author is None or not brief.data:
        return {"answer": "OK."} if schema is None else example(schema)
    answer = author(brief.data, brief.choices(seed))
    return answer if schema is None else conform(answer, schema)


def _json(answer: object) -> str:
    return json.dumps(answer, ensure_ascii=False, separators=(",", ":"))
