"""Stage: scoring, and with corrections the coaching on what they left. No model is asked.

Sentences written beforehand are chosen again; those of a model are checked.
"""

from __future__ import annotations

from dataclasses import replace

from sessions_app.coaching.corrected import coached_again
from sessions_app.coaching.rule_based import coach
from sessions_app.coaching.situation import Situation
from sessions_app.speech.corrections import edited
from sessions_app.speech.norms import pace_norm
from sessions_app.speech.scores import score
from sessions_app.stages import scoring
from sessions_app.stages.context import Check, RunContext
from sessions_app.stages.materials import filler_sounds
from sessions_app.stages.outputs import (
    Mode,
    RulesOutput,
    ScoringOutput,
    TranscriptionOutput,
)


def run(context: RunContext, check: Check) -> ScoringOutput | None:
    """`None` when there are no words to measure."""
    output = scoring.run(context, check)
    spoken, rules, refined = context.transcription, context.rules, context.refinement
    if output is None or not output.corrections or not (spoken and rules and refined):
        return output
    check()
    situation = _situation(context, spoken, rules, output)
    if refined.mode is Mode.RULE_BASED:
        return replace(output, coaching=coach(situation))
    told = scoring.metrics_of(context)
    return replace(output, coaching=coached_again(refined.coaching, situation, told))


def _situation(
    context: RunContext, spoken: TranscriptionOutput, rules: RulesOutput, output: ScoringOutput
) -> Situation:
    """The talk as corrected; only exact words are."""
    norm = pace_norm(context.talk.target_wpm)
    return Situation(
        language=context.talk.language,
        words=edited(spoken.words, output.corrections),
        findings=output.findings or (),
        sentences=rules.sentences if output.sentences is None else output.sentences,
        metrics=output.metrics,
        scores=score(output.metrics, norm, exact_words=True),
        history=context.history,
        norm=norm,
        target_seconds=context.talk.target_seconds,
        sounds=filler_sounds(spoken.language),
        heard=spoken.words,
    )
