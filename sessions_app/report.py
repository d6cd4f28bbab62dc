"""The report: one run as its speaker reads it, on the page, as JSON and on the command line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter

from sessions_app.coaching.schemas import Coaching
from sessions_app.speech.findings import Finding
from sessions_app.speech.metrics import Metrics
from sessions_app.speech.scores import Scores
from sessions_app.speech.words import Word
from sessions_app.stages.outputs import Caveat, MediaOutput


@dataclass(frozen=True, slots=True)
class StageTiming:
    """`duration_ms` is `None` while the stage has not ended."""

    stage: str
    state: str
    attempt: int
    duration_ms: int | None


@dataclass(frozen=True, slots=True)
class Report:
    """`provisional` while later stages may still add to it; a part not reached yet is `None`.

    `source`, `timing` and `engine` say where the words and their times come from.
    """

    title: str
    language: str
    kind: str
    mode: str
    provisional: bool
    source: str
    timing: str
    engine: str
    caveats: tuple[Caveat, ...]
    words: tuple[Word, ...]
    sentences: tuple[tuple[int, int], ...]
    findings: tuple[Finding, ...]
    metrics: Metrics | None
    scores: Scores | None
    coaching: Coaching | None
    media: MediaOutput | None
    timings: tuple[StageTiming, ...]
    processing_time_ms: int | None


def as_json(report: Report) -> dict[str, Any]:
    """Plain JSON values under the field names of `Report`, coaching slots filled in."""
    document: dict[str, Any] = TypeAdapter(Report).dump_python(report, mode="json")
    return document
