"""Stage: a second reading of the words, and the coaching."""

from __future__ import annotations

from dataclasses import replace

from ai.client import Client
from sessions_app.coaching.assignment import Assignment, Times
from sessions_app.coaching.ground import Ground
from sessions_app.coaching.ladder import Climb, Fall, Refined, climb, coach_again
from sessions_app.coaching.rule_based import coach, too_short_to_coach
from sessions_app.coaching.situation import Situation
from sessions_app.coaching.verdicts import unreviewed
from sessions_app.speech.findings import Finding
from sessions_app.speech.norms import pace_norm
from sessions_app.speech.notes import Notes
from sessions_app.speech.packs import load_pack
from sessions_app.speech.scores import score
from sessions_app.stages.context import Check, ModelAccess, RunContext
from sessions_app.stages.conversing import converse
from sessions_app.stages.materials import filler_sounds
from sessions_app.stages.outputs import (
    Caveat,
    Mode,
    RefinementOutput,
    Rung,
    StepDown,
    TextSource,
    Timing,
    WindowFacts,
)
from sessions_app.stages.problems import ModelAway
from sessions_app.stages.scoring import metrics_of, reread_metrics

_PLACED = (Timing.ALIGNED, Timing.RECOGNISED, Timing.CUES)


def run(context: RunContext, check: Check) -> RefinementOutput | None:
    """`None` when there are no words to coach on.

    By rules alone without a model, for a draft, and for a talk that is too short. Raises
    `ModelAway` when the model is to be waited for, and whatever `check` raises.
    """
    if context.transcription is None or context.rules is None:
        return None
    check()
    anew = context.model is not None and context.model.plan.coaching_only
    found = context.rules.findings if anew else unreviewed(context.rules.findings)
    situation = situation_of(context, found)
    access = context.model
    if access is None or access.config.chat is None or not _worth_reading(situation):
        return _by_rules(situation, context, ())
    assignment = _assignment(context, access, situation)
    climbed = converse(access, check, lambda client: _climb(assignment, client, access))
    if climbed.refined is None:
        _wait_if_away(climbed, access)
        return _by_rules(situation, context, _steps(climbed.falls))
    return _output(climbed.refined, context, _steps(climbed.falls))


def situation_of(
    context: RunContext, findings: tuple[Finding, ...], *, reread: bool = False
) -> Situation:
    """What coaching needs to know of a run with these findings; `reread`: they are those of a
    second reading. Raises `ValueError` before the rules have run.
    """
    spoken, rules = context.transcription, context.rules
    if spoken is None or rules is None:
        raise ValueError("no words to coach on")
    metrics = reread_metrics(context, findings) if reread else metrics_of(context, findings)
    exact = spoken.source is not TextSource.DRAFT
    norm = pace_norm(context.talk.target_wpm)
    return Situation(
        language=context.talk.language,
        words=spoken.words,
        findings=findings,
        sentences=rules.sentences,
        metrics=metrics,
        scores=score(metrics, norm, exact_words=exact),
        history=context.history if exact else (),  # what a draft misses is no progress
        exact_words=exact,
        norm=norm,
        target_seconds=context.talk.target_seconds,
        sounds=filler_sounds(spoken.language),
    )


def _worth_reading(situation: Situation) -> bool:
    return situation.exact_words and not too_short_to_coach(situation.metrics)


async def _climb(assignment: Assignment, client: Client, access: ModelAccess) -> Climb:
    if access.plan.coaching_only:
        return await coach_again(assignment, client)
    return await climb(assignment, client, in_parallel=access.plan.parallel, patient=access.waits)


def _assignment(context: RunContext, access: ModelAccess, situation: Situation) -> Assignment:
    spoken, plan, models = context.transcription, access.plan, access.config.models
    assert spoken is not None
    return Assignment(
        situation=situation,
        measured=lambda findings: situation_of(context, findings, reread=True),
        ground=Ground(
            notes=Notes(spoken.words, load_pack(spoken.language)),
            language=spoken.language,
            sentences=situation.sentences,
            sounds=situation.sounds,
            placed=spoken.timing in _PLACED,
            prompt=tuple(context.talk.prompt.split()),
        ),
        kind=context.talk.kind,
        prompt=context.talk.prompt,
        analysis_model=models.analysis,
        coaching_model=models.coaching,
        threshold=plan.threshold,
        times=Times(plan.parallel_seconds, plan.regeneration_seconds, plan.sequential_seconds),
        name=str(access.subject.about or access.subject.run_kind),
        salt=str(access.subject.run_id or "") if plan.coaching_only else "",
        again=str(access.subject.run_id or ""),
        windowed=plan.windowed,
        content_review=plan.content_review,
    )


def _wait_if_away(climbed: Climb, access: ModelAccess) -> None:
    last = climbed.falls[-1].failure
    if last.away and access.waits:
        raise ModelAway(last.reason, last.retry_after)


def _steps(falls: tuple[Fall, ...]) -> tuple[StepDown, ...]:
    return tuple(
        StepDown(Rung(fall.left), Rung(fall.entered), fall.failure.reason, fall.failure.detail)
        for fall in falls
    )


def _by_rules(
    situation: Situation, context: RunContext, steps: tuple[StepDown, ...]
) -> RefinementOutput:
    output = RefinementOutput(Mode.RULE_BASED, coach(situation), steps_down=steps)
    return _with_earlier_reading(output, context)


def _output(refined: Refined, context: RunContext, steps: tuple[StepDown, ...]) -> RefinementOutput:
    output = RefinementOutput(Mode(refined.level), refined.coaching, steps_down=steps)
    if refined.read is None:
        return _with_earlier_reading(replace(output, regenerated=refined.regenerated), context)
    read = refined.read
    asked = context.model is None or context.model.plan.content_review
    missing = {
        Caveat.REVIEW_MISSING: asked and refined.review is None,
        Caveat.REVIEW_OFF: not asked,
        Caveat.WINDOWS_MISSING: refined.missing > 0,
    }
    return replace(
        output,
        findings=read.findings,
        review=refined.review,
        agreement=refined.agreement,
        regenerated=refined.regenerated,
        windows=WindowFacts(refined.windows, refined.missing, read.unresolved, read.unsure),
        caveats=tuple(caveat for caveat, holds in missing.items() if holds),
    )


def _with_earlier_reading(output: RefinementOutput, context: RunContext) -> RefinementOutput:
    """Where only the coaching was asked anew, the rest stands as an earlier run left it."""
    earlier, rules = context.refinement, context.rules
    again = context.model is not None and context.model.plan.coaching_only
    if not again or earlier is None or rules is None or earlier.findings is None:
        return output
    return replace(
        output,
        findings=rules.findings,
        review=earlier.review,
        agreement=earlier.agreement,
        windows=earlier.windows,
        caveats=earlier.caveats,
    )
