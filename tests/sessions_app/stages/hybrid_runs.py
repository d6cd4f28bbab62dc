"""Runs of the refinement stage with a way to a model server."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from ai.ledger import Subject
from ai.memory import MemoryBooks
from sessions_app.stages import refinement, rules
from sessions_app.stages.context import ModelAccess, Plan, RunContext
from sessions_app.stages.outputs import RefinementOutput, StageName, Timing
from tests.ai.clients import OWNER, config_for
from tests.sessions_app.speech.said import timed
from tests.sessions_app.stages.rule_runs import context

RUN, SESSION = UUID(int=1), UUID(int=2)

AGREED = "Um, we walked a long way and, uh, we talked about the quiet of it. " * 25
# To the rules "right" is a possible filler; the simulated second reader confirms it.
DISPUTED = "Um, it was, right, a long way and the quiet of it was, okay, good. " * 25


def read(text: str) -> RunContext:
    """A talk whose rules have run."""
    spoken = context(timed(text), timing=Timing.ALIGNED)
    return spoken.with_output(StageName.RULES, rules.run(spoken, lambda: None))


def access(
    url: str,
    redis_url: str,
    books: MemoryBooks | None = None,
    *,
    plan: Plan | None = None,
    waits: bool = False,
    attempt_seconds: float = 20.0,
) -> ModelAccess:
    kept = books or MemoryBooks()
    config = config_for(url, redis_url, attempt_seconds=attempt_seconds)
    subject = Subject(OWNER, "session", RUN, SESSION)
    return ModelAccess(config, subject, lambda: kept, plan or Plan(), waits)


def refined(spoken: RunContext, way: ModelAccess | None) -> RefinementOutput:
    output = refinement.run(replace(spoken, model=way), lambda: None)
    assert output is not None
    return output
