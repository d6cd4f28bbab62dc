"""A run as its speaker set it right: what scoring measures and the report shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sessions_app.coaching.decisions import kept_decisions
from sessions_app.speech.across import said_again
from sessions_app.speech.corrections import Correction, CorrectionKind, edited, in_force
from sessions_app.speech.findings import Finding
from sessions_app.speech.judgements import corrected, reclustered
from sessions_app.speech.notes import Notes
from sessions_app.speech.packs import load_pack
from sessions_app.stages import rules
from sessions_app.stages.context import Check, RunContext
from sessions_app.stages.outputs import RulesOutput, TextSource, Timing

_PLACED = (Timing.ALIGNED, Timing.RECOGNISED, Timing.CUES)


def applied(context: RunContext) -> tuple[Correction, ...]:
    """The corrections in force. Nothing is counted in a draft, so nothing is set right there."""
    spoken = context.transcription
    if spoken is None or spoken.source is TextSource.DRAFT:
        return ()
    return in_force(context.corrections)


def as_corrected(
    context: RunContext, findings: Sequence[Finding], check: Check
) -> tuple[RunContext, tuple[Finding, ...]]:
    """The run with its words as corrected, and its `findings` so. No model is asked.

    Where a word was edited the rules read again, and what a second reader said of the other words
    stays. What depends on fillers is found again: clusters, and what is said again across one.
    """
    corrections, spoken = applied(context), context.transcription
    if not corrections or spoken is None:
        return context, tuple(findings)
    places = {c.start_word for c in corrections if c.kind is CorrectionKind.WORD}
    if places:
        spoken = replace(spoken, words=edited(spoken.words, corrections))
        context = replace(context, transcription=spoken)
        read_again = _read_again(context, check)
        findings = kept_decisions(findings, read_again.findings, places)
        context = replace(context, rules=read_again)
    check()
    notes = Notes(spoken.words, load_pack(spoken.language))
    judged = said_again(corrected(findings, corrections, notes), notes)
    if spoken.timing in _PLACED and context.rules is not None:
        judged = reclustered(judged, context.rules.sentences, notes)
    return context, tuple(judged)


def _read_again(context: RunContext, check: Check) -> RulesOutput:
    output = rules.run(context, check)
    if output is None:
        raise ValueError("no words to read again")
    return output
