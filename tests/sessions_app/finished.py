"""Runs that went through every stage, with sample outputs."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sessions_app import pipeline
from sessions_app.models import SessionRun
from tests.factories import RunFactory
from tests.sessions_app.samples import REFINEMENT, StageFunction, stages


def finished_run(
    *, summary: str = "A calm start.", own: dict[str, StageFunction] | None = None, **fields: Any
) -> SessionRun:
    """A run executed to its end; `own` replaces stages, `fields` go to the factory."""
    run = RunFactory.create(**fields)
    coaching = replace(REFINEMENT.coaching, summary=summary)
    refinement = replace(REFINEMENT, coaching=coaching)
    functions: dict[str, StageFunction] = {"refinement": lambda context, check: refinement}
    pipeline.execute(run.pk, stages(**functions | (own or {})))
    return SessionRun.objects.select_related("session__owner").get(pk=run.pk)
