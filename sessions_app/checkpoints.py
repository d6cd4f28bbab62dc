"""What the stages of a run left in the database, as the outputs they were."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import Any, Final

from sessions_app import codec, models
from sessions_app.models import FINISHED_STAGES, PracticeSession, RunStage, SessionRun
from sessions_app.speech.carrying import carried
from sessions_app.speech.corrections import Correction, CorrectionKind
from sessions_app.speech.findings import (
    Finding,
    FindingKind,
    FindingSource,
    FindingStatus,
    Review,
    Severity,
)
from sessions_app.stages.context import Talk
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


def talk_of(session: PracticeSession, recording: Path | None) -> Talk:
    return Talk(
        title=session.title,
        language=session.language,
        kind=session.kind,
        target_seconds=session.target_seconds,
        target_wpm=session.target_wpm,
        media_path=recording,
        transcript_text=session.transcript_text,
        transcript_format=session.transcript_format,
        speaker=session.speaker,
        prompt=session.prompt,
    )


def rows_of(run: SessionRun) -> dict[str, RunStage]:
    """The run's stages by name in order of their start, outputs included, and its metrics: in one
    query, so that they are of one moment.
    """
    return {row.stage: row for row in run.stages.select_related("run__metrics")}


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


_STORED: Final = tuple(field.name for field in fields(Finding) if field.name != "correction")


def finding_rows(run: SessionRun, findings: tuple[Finding, ...]) -> list[models.Finding]:
    """Rows still to be stored. Corrections are no part of them: they come after every stage."""
    return [models.Finding(run=run, **_columns(finding)) for finding in findings]


def _columns(finding: Finding) -> dict[str, Any]:
    columns = {name: getattr(finding, name) for name in _STORED}
    return {**columns, "review": codec.dump(finding.review) if finding.review else None}


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


def scoring_facts(output: ScoringOutput) -> dict[str, object]:
    """What lists of talks have no use for, and so is no part of the metrics row."""
    facts: dict[str, object] = codec.dump(output)
    del facts["metrics"], facts["scores"]
    return facts


def scoring_of(rows: Rows) -> ScoringOutput | None:
    row = rows.get(StageName.SCORING)
    stored = getattr(row.run, "metrics", None) if row else None
    if row is None or stored is None:
        return None
    parts = {"metrics": stored.metrics, "scores": stored.scores}
    return codec.load(ScoringOutput, {**(row.output or {}), **parts})


def standing_corrections(run: SessionRun) -> tuple[Correction, ...]:
    """The corrections of the talk that nobody took back, by the words of this run, in the order
    they were made. Those about other words than are said here are left out; all of them are
    before the run has words.
    """
    if run.transcript is None:
        return ()
    rows = models.Correction.objects.filter(session=run.session_id, taken_back_at=None)
    standing = list(rows.order_by("pk"))
    words = codec.load_words(run.transcript.words) if standing else ()
    placed: list[Correction] = []
    for row in standing:
        here: Correction | None = _correction_of(row)
        if row.transcript_id != run.transcript_id:
            here = carried(_correction_of(row), words, placed)
        placed += [here] if here else []
    return tuple(placed)


def _correction_of(row: models.Correction) -> Correction:
    return Correction(
        number=row.pk,
        kind=CorrectionKind(row.kind),
        start_word=row.start_word,
        end_word=row.end_word,
        start_ms=row.start_ms,
        end_ms=row.end_ms,
        said=row.said,
        text=row.text,
    )


def steps_down_of(run: SessionRun) -> tuple[StepDown, ...]:
    return tuple(codec.load(StepDown, step) for step in run.steps_down)
