"""What each stage leaves in the database; called inside the fenced transaction of its stage."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from django.db import transaction

from sessions_app import codec, files
from sessions_app.checkpoints import finding_rows, refinement_facts, scoring_facts
from sessions_app.models import (
    CoachingNote,
    Finding,
    PracticeSession,
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
    """A copy of the recording takes its place, with all that was recorded in it."""
    if output.copy_name:
        session = PracticeSession.objects.get(pk=run.session_id)
        transaction.on_commit(partial(files.delete, str(session.media.name)))
        session.media = output.copy_name
        session.save(update_fields=["media"])
    row.output = codec.dump(replace(output, copy_name=""))


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
    Finding.objects.bulk_create(finding_rows(run, output.findings))
    row.output = {"sentences": output.sentences, "caveats": list(output.caveats)}


def save_refinement(run: SessionRun, row: RunStage, output: RefinementOutput) -> None:
    """Findings of a second reading take the place of those the rules left."""
    row.output = refinement_facts(output)
    CoachingNote.objects.update_or_create(
        run=run, defaults={"source": output.mode, "content": codec.dump(output.coaching)}
    )
    if output.findings is not None:
        run.findings.all().delete()
        Finding.objects.bulk_create(finding_rows(run, output.findings))
    run.mode = output.mode
    run.steps_down = [*run.steps_down, *(codec.dump(step) for step in output.steps_down)]
    _note_agreement(run, output)
    run.save()


def _note_agreement(run: SessionRun, output: RefinementOutput) -> None:
    found = output.agreement
    run.coaching_regenerated = output.regenerated if found else None
    run.regeneration_grounds = found.grounds if found else ""
    run.fillers_by_rule = found.rule if found else None
    run.fillers_by_ai = found.ai if found else None
    run.fillers_difference = found.difference if found else None


def save_scoring(run: SessionRun, row: RunStage, output: ScoringOutput) -> None:
    """In place of what was scored before a correction."""
    metrics, scores = output.metrics, output.scores
    columns = {
        "formula_version": metrics.formula_version,
        "overall_score": scores.overall.value if scores.overall else None,
        "wpm": metrics.wpm,
        "fillers_per_minute": metrics.fillers_per_minute,
        "duration_ms": metrics.duration_ms,
        "word_count": metrics.word_count,
        "fillers_total": metrics.fillers_total,
        "metrics": codec.dump(metrics),
        "scores": codec.dump(scores),
    }
    RunMetrics.objects.update_or_create(run=run, defaults=columns)
    row.output = scoring_facts(output)
