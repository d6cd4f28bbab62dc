"""Stage: metrics and scores from the words as they stand, and as their speaker set them right."""

from __future__ import annotations

from dataclasses import replace

from sessions_app.coaching.structure import structure_points
from sessions_app.speech.findings import Finding
from sessions_app.speech.material import Material
from sessions_app.speech.measures import measure
from sessions_app.speech.metrics import Metrics
from sessions_app.speech.norms import pace_norm
from sessions_app.speech.scores import score
from sessions_app.stages.context import Check, RunContext
from sessions_app.stages.correcting import applied, as_corrected
from sessions_app.stages.materials import material
from sessions_app.stages.on_prompt import relevance_of
from sessions_app.stages.outputs import (
    Caveat,
    RulesOutput,
    ScoringOutput,
    TextSource,
)


def run(context: RunContext, check: Check) -> ScoringOutput | None:
    """`None` when there are no words to measure."""
    if context.transcription is None or context.rules is None:
        return None
    check()
    right, findings = as_corrected(context, standing(context), check)
    metrics = metrics_of(right, findings)
    check()
    exact = context.transcription.source is not TextSource.DRAFT
    norm = pace_norm(context.talk.target_wpm)
    corrections = applied(context)
    return ScoringOutput(
        metrics,
        score(metrics, norm, _structure(context), exact_words=exact),
        findings=findings if corrections else None,
        corrections=corrections,
        relevance=relevance_of(right),
        sentences=right.rules.sentences if right.rules and right is not context else None,
    )


def metrics_of(context: RunContext, findings: tuple[Finding, ...] | None = None) -> Metrics:
    """The measures of a run whose rules have run, by default with the findings as they stand:
    those of the second reading where there was one. Raises `ValueError` for any other run.
    """
    return measure(_material(context, findings))


def reread_metrics(context: RunContext, findings: tuple[Finding, ...]) -> Metrics:
    """The measures with the findings of a second reading that is not stored yet."""
    return measure(replace(_material(context, findings), fillers_judged=True))


def standing(context: RunContext) -> tuple[Finding, ...]:
    """The findings of the second reading, else those of the rules. `()` before any."""
    refined = context.refinement
    if refined is not None and refined.findings is not None:
        return refined.findings
    return context.rules.findings if context.rules else ()


def _fillers_judged(context: RunContext, rules: RulesOutput) -> bool:
    """By a language pack, or where there is none by a second reader who read every word."""
    if Caveat.NO_PACK not in rules.caveats:
        return True
    read = context.refinement.windows if context.refinement else None
    return read is not None and read.missing == 0


def _structure(context: RunContext) -> int | None:
    review = context.refinement.review if context.refinement else None
    if review is None or context.transcription is None:
        return None
    return structure_points(review, len(context.transcription.words), context.talk.kind)


def _material(context: RunContext, findings: tuple[Finding, ...] | None) -> Material:
    spoken, rules, media = context.transcription, context.rules, context.media
    if spoken is None or rules is None:
        raise ValueError("no words to measure")
    return material(
        spoken,
        standing(context) if findings is None else findings,
        rules.sentences,
        media,
        fillers_judged=_fillers_judged(context, rules),
    )
