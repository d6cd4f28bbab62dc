"""What codes of findings, stages, scores and modes are called on pages."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sessions_app.speech.findings import Decision, FindingKind, FindingSource
from sessions_app.speech.scores import Band
from sessions_app.stages.outputs import Mode, StageName, TextSource, Timing

KINDS: Mapping[str, Promise] = {
    FindingKind.FILLER: _("Filler"),
    FindingKind.FILLER_CLUSTER: _("Filler cluster"),
    FindingKind.REPETITION: _("Repetition"),
    FindingKind.RESTART: _("Restart"),
    FindingKind.HEDGE: _("Hedge"),
    FindingKind.WEAK_OPENER: _("Weak opener"),
    FindingKind.LONG_PAUSE: _("Long pause"),
    FindingKind.MID_SENTENCE_PAUSE: _("Pause inside a sentence"),
    FindingKind.PACE_FAST: _("Fast stretch"),
    FindingKind.PACE_SLOW: _("Slow stretch"),
    FindingKind.RUN_ON: _("Run-on sentence"),
    FindingKind.MONOTONE: _("Flat stretch"),
    FindingKind.TRAILING_OFF: _("Trailing off"),
    FindingKind.OVERUSED_WORD: _("Overused word"),
    FindingKind.NON_INCLUSIVE: _("Non-inclusive term"),
}
SOURCES: Mapping[str, Promise] = {
    FindingSource.RULE: _("found by rule"),
    FindingSource.AI: _("found by AI"),
    FindingSource.USER: _("marked by you"),
}
DECISIONS: Mapping[str, Promise] = {
    Decision.CONFIRMED: _("confirmed by AI"),
    Decision.REJECTED: _("AI: not one here"),
    Decision.ADDED: _("added by AI"),
}
BANDS: Mapping[str, Promise] = {
    Band.STRONG: _("Strong"),
    Band.SOLID: _("Solid"),
    Band.DEVELOPING: _("Developing"),
    Band.NEEDS_WORK: _("Needs work"),
}
SCORES: Mapping[str, Promise] = {
    "overall": _("Overall"),
    "pace": _("Pace"),
    "fillers": _("Fillers"),
    "pauses": _("Pauses"),
    "variety": _("Variety"),
    "structure": _("Structure"),
}
STAGES: Mapping[str, Promise] = {
    StageName.MEDIA: _("Reading the recording"),
    StageName.TRANSCRIPTION: _("Getting the words and their times"),
    StageName.RULES: _("Looking for fillers, pauses and pace"),
    StageName.REFINEMENT: _("Choosing what to work on"),
    StageName.SCORING: _("Final scores"),
    StageName.EMBEDDINGS: _("Similar moments"),
}
MODES: Mapping[str, Promise] = {
    Mode.PARALLEL: _("AI analysis and coaching, side by side"),
    Mode.SEQUENTIAL: _("AI analysis, then coaching"),
    Mode.RULE_BASED: _("Rules only, without AI"),
}
TEXT_SOURCES: Mapping[str, Promise] = {
    TextSource.OWN: _("Your transcript"),
    TextSource.API: _("Written down by AI"),
    TextSource.DRAFT: _("Rough draft made on this server"),
}
TIMINGS: Mapping[str, Promise] = {
    Timing.ALIGNED: _("aligned with the recording"),
    Timing.RECOGNISED: _("from the recogniser"),
    Timing.CUES: _("estimated inside subtitle cues"),
    Timing.APPROXIMATE: _("estimated from where speech is heard"),
    Timing.NONE: _("none"),
}


def name_of(names: Mapping[str, Promise], code: str) -> str:
    """The name, or the code itself where a later version wrote one this page does not know."""
    return str(names.get(code, code))
