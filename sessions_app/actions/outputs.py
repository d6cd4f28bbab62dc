"""What each stage leaves in the database; called inside the fenced transaction of its stage."""

from __future__ import annotations

from dataclasses import asdict

from sessions_app import codec
from sessions_app.models import (
    CoachingNote,
    Finding,
    RunMetrics,
    RunStage,
    SessionRun,
    Transcript,
)
from sessions_app.stages.outputs import (
    MediaOutput,
    RefinementOutput,
    RulesOutput,
    ScoringOutput,
    TranscriptionOutput,
)


def save_media(run: SessionRun, row: RunStage, output: MediaOutput) -> None:
    row.output = codec.dump(output)


def save_transcription(run: SessionRun, row: RunStage, output: TranscriptionOutput) -> None:
    run.transcript = Transcript.objects.create(
        session_id=run.session_id,
        source=output.source,
        timing=output.timing,
        language=output.language,
        engine=output.engine,
        caveats=list(output.caveats),
        words=codec.dump_words(output.words),
    )
    run.save(update_fields=["transcript"])


def save_rules(run: SessionRun, row: RunStage, output: RulesOutput) -> None:
    Finding.objects.bulk_create(Finding(run=run, **asdict(finding)) for finding in output.findings)
    row.output = {"sentences": output.sentences, "caveats": list(output.caveats)}


def save_refinement(run: SessionRun, row: RunStage, output: RefinementOutput) -> None:
    run.mode = output.mode
    run.save(update_fields=["mode"])
    CoachingNote.objects.create(run=run, source=output.mode, content=codec.dump(output.coaching))


def save_scoring(run: SessionRun, row: RunStage, output: ScoringOutput) -> None:
    metrics, scores = output.metrics, output.scores
    RunMetrics.objects.create(
        run=run,
        formula_version=metrics.formula_version,
        overall_score=scores.overall.value if scores.overall else None,
        wpm=metrics.wpm,
        fillers_per_minute=metrics.fillers_per_minute,
        duration_ms=metrics.duration_ms,
        word_count=metrics.word_count,
        fillers_total=metrics.fillers_total,
        metrics=codec.dump(metrics),
        scores=codec.dump(scores),
    )
