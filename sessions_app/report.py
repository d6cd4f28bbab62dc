"""The report: one run as its speaker reads it, on the page, as JSON and on the command line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sessions_app import codec
from sessions_app.coaching.agreement import Agreement
from sessions_app.coaching.schemas import Coaching, ContentReview
from sessions_app.speech.corrections import Correction, edited
from sessions_app.speech.findings import Finding
from sessions_app.speech.metrics import Metrics
from sessions_app.speech.relevance import Relevance
from sessions_app.speech.scores import Scores
from sessions_app.speech.words import Word
from sessions_app.stages.outputs import (
    Caveat,
    MediaOutput,
    RefinementOutput,
    RulesOutput,
    ScoringOutput,
    StepDown,
    TranscriptionOutput,
    WindowFacts,
)


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

    `words` and `findings` are as their speaker set them right by `corrections`.
    `source`, `timing` and `engine` say where the words and their times come from. `review`,
    `agreement`, `regenerated` and `windows` are those of `RefinementOutput`. `relevance` is the
    talk beside its practice prompt.
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
    corrections: tuple[Correction, ...]
    metrics: Metrics | None
    scores: Scores | None
    coaching: Coaching | None
    review: ContentReview | None
    relevance: Relevance | None
    agreement: Agreement | None
    regenerated: bool
    windows: WindowFacts | None
    steps_down: tuple[StepDown, ...]
    media: MediaOutput | None
    timings: tuple[StageTiming, ...]
    processing_time_ms: int | None


def assemble(
    *,
    title: str,
    language: str,
    kind: str,
    provisional: bool,
    media: MediaOutput | None,
    transcription: TranscriptionOutput,
    rules: RulesOutput | None,
    refinement: RefinementOutput | None,
    scoring: ScoringOutput | None,
    steps_down: tuple[StepDown, ...],
    timings: tuple[StageTiming, ...],
    processing_time_ms: int | None,
) -> Report:
    """Put together what the stages have handed on so far."""
    caveats = (
        *(media.caveats if media else ()),
        *transcription.caveats,
        *(rules.caveats if rules else ()),
        *(refinement.caveats if refinement else ()),
    )
    corrections = scoring.corrections if scoring else ()
    return Report(
        title=title,
        language=language,
        kind=kind,
        mode=refinement.mode if refinement else "",
        provisional=provisional,
        source=transcription.source,
        timing=transcription.timing,
        engine=transcription.engine,
        caveats=tuple(dict.fromkeys(caveats)),
        words=edited(transcription.words, corrections),
        sentences=_sentences(rules, scoring),
        findings=_findings(rules, refinement, scoring),
        corrections=corrections,
        metrics=scoring.metrics if scoring else None,
        scores=scoring.scores if scoring else None,
        coaching=_coaching(refinement, scoring),
        review=refinement.review if refinement else None,
        relevance=scoring.relevance if scoring else None,
        agreement=refinement.agreement if refinement else None,
        regenerated=refinement.regenerated if refinement else False,
        windows=refinement.windows if refinement else None,
        steps_down=steps_down,
        media=media,
        timings=timings,
        processing_time_ms=processing_time_ms,
    )


def _sentences(
    rules: RulesOutput | None, scoring: ScoringOutput | None
) -> tuple[tuple[int, int], ...]:
    if scoring is not None and scoring.sentences is not None:
        return scoring.sentences
    return rules.sentences if rules else ()


def _findings(
    rules: RulesOutput | None, refinement: RefinementOutput | None, scoring: ScoringOutput | None
) -> tuple[Finding, ...]:
    """As the speaker corrected them, else those of the second reading, else those of the rules."""
    if scoring is not None and scoring.findings is not None:
        return scoring.findings
    if refinement is not None and refinement.findings is not None:
        return refinement.findings
    return rules.findings if rules else ()


def _coaching(
    refinement: RefinementOutput | None, scoring: ScoringOutput | None
) -> Coaching | None:
    """On the talk as corrected, else as it was read."""
    if scoring is not None and scoring.coaching is not None:
        return scoring.coaching
    return refinement.coaching if refinement else None


def as_json(report: Report) -> dict[str, Any]:
    """Plain JSON values under the field names of `Report`."""
    document: dict[str, Any] = codec.dump(report)
    return document
