"""Stage: the coaching, written from what the rules found."""

from __future__ import annotations

from sessions_app.coaching.rule_based import coach
from sessions_app.coaching.situation import Situation
from sessions_app.speech.norms import pace_norm
from sessions_app.speech.scores import score
from sessions_app.stages.context import Check, RunContext
from sessions_app.stages.outputs import Mode, RefinementOutput, TextSource
from sessions_app.stages.scoring import filler_sounds, metrics_of


def run(context: RunContext, check: Check) -> RefinementOutput | None:
    """`None` when there are no words to coach on."""
    if context.transcription is None or context.rules is None:
        return None
    check()
    return RefinementOutput(Mode.RULE_BASED, coach(situation_of(context)))


def situation_of(context: RunContext) -> Situation:
    """What coaching needs to know of a run. Raises `ValueError` before the rules have run."""
    spoken, rules = context.transcription, context.rules
    if spoken is None or rules is None:
        raise ValueError("no words to coach on")
    metrics = metrics_of(context)
    exact = spoken.source is not TextSource.DRAFT
    norm = pace_norm(context.talk.target_wpm)
    return Situation(
        language=context.talk.language,
        words=spoken.words,
        findings=rules.findings,
        sentences=rules.sentences,
        metrics=metrics,
        scores=score(metrics, norm, exact_words=exact),
        history=context.history if exact else (),  # what a draft misses is no progress
        exact_words=exact,
        norm=norm,
        target_seconds=context.talk.target_seconds,
        sounds=filler_sounds(spoken.language),
    )
