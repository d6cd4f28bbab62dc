"""The goal of the coaching: a step from where the talk is, never further than its norm."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sessions_app.coaching.goals import (
    PACE_STEP_WPM,
    PITCH_STEP_SEMITONES,
    STEP,
    VOCABULARY_STEP,
)
from sessions_app.display.coaching import GoalCard
from sessions_app.display.numbers.entry import Entry, Norm, Way
from sessions_app.display.numbers.ground import Ground
from sessions_app.display.numbers.knots import short
from sessions_app.speech.norms import (
    FILLERS_PER_MINUTE,
    LIVELY_SEMITONES,
    SENTENCE_WORDS,
    VOCABULARY_VARIETY,
)
from sessions_app.speech.pause_classes import ACCEPTABLE_MS


def goal_entries(ground: Ground, goal: GoalCard | None) -> tuple[Entry, ...]:
    if goal is None:
        return ()
    return (
        Entry(
            key="goal",
            label=_("Goal for this week: %(measure)s") % {"measure": goal.measure},
            value=f"{goal.now} → {goal.target}",
            rule=str(_RULES.get(goal.key, _OTHER)) % _figures(ground),
            way=Way(norm=Norm(_("One week of practice."), _("Our choice.")), uses=(goal.key,)),
        ),
    )


def _figures(ground: Ground) -> dict[str, str]:
    return {
        "share": short(STEP * 100),
        "fillers": short(FILLERS_PER_MINUTE),
        "wpm": short(PACE_STEP_WPM),
        "low": short(ground.norm.low),
        "high": short(ground.norm.high),
        "pause": short(ACCEPTABLE_MS / 1000),
        "step": short(PITCH_STEP_SEMITONES),
        "lively": short(LIVELY_SEMITONES),
        "words": short(SENTENCE_WORDS),
        "points": short(VOCABULARY_STEP * 100),
        "variety": short(VOCABULARY_VARIETY * 100),
    }


_OTHER = gettext_lazy("The figure of this talk, and the one that was set for it.")
_FEWER = gettext_lazy("%(share)s %% of the figure of this talk, rounded up.")
_RULES: Mapping[str, Promise] = {
    "fillers-per-minute": gettext_lazy(
        "%(share)s %% of the figure of this talk, but not below %(fillers)s, which is harmless."
    ),
    "fillers-total": gettext_lazy(
        "%(share)s %% of the figure of this talk, but not below what makes %(fillers)s a minute."
    ),
    "wpm": gettext_lazy("%(wpm)s words/min towards the range from %(low)s to %(high)s."),
    "longest-pause-ms": gettext_lazy(
        "%(share)s %% of the figure of this talk, but not below an acceptable pause of %(pause)s s."
    ),
    "pitch-range-semitones": gettext_lazy(
        "%(step)s semitone more than in this talk, up to %(lively)s."
    ),
    "sentence-words-mean": gettext_lazy(
        "%(share)s %% of the figure of this talk, but not below %(words)s."
    ),
    "vocabulary-variety": gettext_lazy(
        "%(points)s percentage points more than in this talk, up to %(variety)s %%."
    ),
    "duration-ms": gettext_lazy("The target length you gave for this talk."),
    "repetitions": _FEWER,
    "hedges": _FEWER,
}
