"""What the stages of a run left in the database, as the outputs they were."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from sessions_app import codec, models
from sessions_app.models import FINISHED_STAGES, RunStage, SessionRun
from sessions_app.speech.findings import (
    Finding,
    FindingKind,
    FindingSource,
    FindingStatus,
    Review,
    Severity,
)
from sessions_app.speech.metrics import Metrics
from sessions_app.speech.scores import Scores
from sessions_app.stages.outputs import (
    Caveat,
    MediaOutput,
    RefinementOutput,
    RulesOutput,
    ScoringOutput,
    StageName,
    StepDown,
    TextSource,
    Timing,
    TranscriptionOutput,
)

Rows = Mapping[str, RunStage]


def rows_of(run: SessionRun) -> dict[str, RunStage]:
    """The run's stages by name in order of their start, outputs included."""
    return {row.stage: row for row in run.stages.all()}


def media_of(rows: Rows) -> MediaOutput | None:
    row = rows.get(StageName.MEDIA)
    return codec.load(MediaOutput, row.output) if row and row.output else None


def transcription_of(run: SessionRun) -> TranscriptionOutput | None:
    transcript = run.transcript
    if transcript is None:
        return None
    return TranscriptionOutput(
        words=codec.load_words(transcript.words),
        source=TextSource(transcript.source),
        timing=Timing(transcript.timing),
        language=transcript.language,
        engine=transcript.engine,
        caveats=tuple(Caveat(name) for name in transcript.caveats),
    )


def rules_of(run: SessionRun, rows: Rows) -> RulesOutput | None:
    """With the findings as they stand: those of a second reading, once there was one."""
    row = rows.get(StageName.RULES)
    if row is None or row.output is None:
        return None
    return RulesOutput(
        findings=findings_of(run),
        sentences=tuple((start, end) for start, end in row.output["sentences"]),
        caveats=tuple(Caveat(name) for name in row.output["caveats"]),
    )


def findings_of(run: SessionRun) -> tuple[Finding, ...]:
    return tuple(
        Finding(
            kind=FindingKind(found.kind),
            label=found.label,
            text=found.text,
            start_word=found.start_word,
            end_word=found.end_word,
            start_ms=found.start_ms,
            end_ms=found.end_ms,
            status=FindingStatus(found.status),
            severity=Severity(found.severity),
            source=FindingSource(found.source),
            confidence=found.confidence,
            why=found.why,
            advice=found.advice,
            review=codec.load(Review, found.review) if found.review else None,
        )
        for found in run.findings.all()
    )


def finding_rows(run: SessionRun, findings: tuple[Finding, ...]) -> list[models.Finding]:
    """Rows still to be stored. Corrections are no part of them: they come after every stage."""
    return [models.Finding(run=run, **_columns(finding)) for finding in findings]


def _columns(finding: Finding) -> dict[str, Any]:
    columns = asdict(finding)
    del columns["correction"]
    return columns


def refinement_facts(output: RefinementOutput) -> dict[str, object]:
    """What no other table holds. `findings` only says whether there was a second reading."""
    reread = None if output.findings is None else ()
    facts: dict[str, object] = codec.dump(replace(output, findings=reread))
    del facts["coaching"]
    return facts


def refinement_of(run: SessionRun, rows: Rows) -> RefinementOutput | None:
    """Before the stage has run: what an earlier run handed on, where only coaching is asked anew.

    The note and not the run tells the mode: the run may have been read just before both changed.
    """
    row, note = rows.get(StageName.REFINEMENT), getattr(run, "coaching", None)
    if row is None or note is None or not (row.output or row.state in FINISHED_STAGES):
        return None
    facts = {**(row.output or {}), "mode": note.source, "coaching": note.content}
    output = codec.load(RefinementOutput, facts)
    return output if output.findings is None else replace(output, findings=findings_of(run))


def scoring_of(run: SessionRun) -> ScoringOutput | None:
    stored = getattr(run, "metrics", None)
    if stored is None:
        return None
    return ScoringOutput(codec.load(Metrics, stored.metrics), codec.load(Scores, stored.scores))


def steps_down_of(run: SessionRun) -> tuple[StepDown, ...]:
    return tuple(codec.load(StepDown, step) for step in run.steps_down)
