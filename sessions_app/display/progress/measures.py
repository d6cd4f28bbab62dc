"""What is followed over the talks, and which way is better."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sessions_app.display.progress.talks import Talk
from sessions_app.display.text import number, with_unit
from sessions_app.speech.measures import per_minute
from sessions_app.speech.norms import (
    FILLERS_PER_MINUTE,
    MONOTONE_SEMITONES,
    VOCABULARY_VARIETY,
    PaceNorm,
)

FULL_SCORE = 100.0


@dataclass(frozen=True, slots=True)
class Range:
    """What a value is held against; an end that is open is `None`."""

    low: float | None
    high: float | None

    def off(self, value: float) -> float:
        """How far the value lies outside; 0 inside."""
        below = 0.0 if self.low is None else self.low - value
        above = 0.0 if self.high is None else value - self.high
        return max(0.0, below, above)


def _anything_goes(norm: PaceNorm) -> Range | None:
    return None


def _always(one: Talk, other: Talk) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Followed:
    """`key` is where the page of numbers explains it. `better` is the sign of an improvement, 0
    where it is not more or less that is better but to be in the `range`, or nothing at all.

    `alike` says whether it is the same measure in two talks. `top` is the highest value there is.
    """

    key: str
    label: Promise
    of: Callable[[Talk], float | None]
    unit: Promise | None = None
    decimals: int = 0
    better: int = 0
    range: Callable[[PaceNorm], Range | None] = _anything_goes
    alike: Callable[[Talk, Talk], bool] = _always
    top: float | None = None

    def short(self, value: float) -> str:
        return number(value, self.decimals)

    def written(self, value: float) -> str:
        return with_unit(value, str(self.unit), self.decimals) if self.unit else self.short(value)

    def merit(self, value: float, norm: PaceNorm) -> float | None:
        """The more, the better; `None` where nobody can say."""
        if self.better:
            return self.better * value
        found = self.range(norm)
        return None if found is None else -found.off(value)


def _halting(talk: Talk) -> float | None:
    pauses = talk.metrics.pauses
    stalls = pauses.long + pauses.very_long if pauses else None
    return per_minute(stalls, talk.metrics.speaking_ms)


def _variety(talk: Talk) -> float | None:
    share = talk.metrics.vocabulary_variety
    return None if share is None else share * 100


def _score(name: str) -> Callable[[Talk], float | None]:
    def of(talk: Talk) -> float | None:
        score = getattr(talk.scores, name)
        return None if score is None else float(score.value)

    return of


def _same_parts(one: Talk, other: Talk) -> bool:
    """An overall score that is the mean of other scores is another measure."""
    return one.scores.parts == other.scores.parts


OVERALL = Followed(
    "score-overall",
    _("Overall score"),
    _score("overall"),
    better=1,
    alike=_same_parts,
    top=FULL_SCORE,
)
PACE = Followed(
    "wpm",
    _("Pace while speaking"),
    lambda talk: talk.metrics.wpm,
    unit=_("words/min"),
    range=lambda norm: Range(norm.low, norm.high),
)
MEASURES = (
    OVERALL,
    PACE,
    Followed(
        "fillers-per-minute",
        _("Fillers per minute"),
        lambda talk: talk.metrics.fillers_per_minute,
        decimals=1,
        better=-1,
        range=lambda norm: Range(None, FILLERS_PER_MINUTE),
    ),
    Followed("pauses-long", _("Long pauses per minute"), _halting, decimals=1, better=-1),
    Followed(
        "pitch-range-semitones",
        _("Pitch range"),
        lambda talk: talk.metrics.pitch_range_semitones,
        unit=_("semitones"),
        decimals=1,
        better=1,
        range=lambda norm: Range(MONOTONE_SEMITONES, None),
    ),
    Followed(
        "loudness-sd-db",
        _("Variation of loudness"),
        lambda talk: talk.metrics.loudness_sd_db,
        unit=_("dB"),
        decimals=1,
    ),
    Followed(
        "vocabulary-variety",
        _("Variety of words"),
        _variety,
        unit=_("%"),
        better=1,
        range=lambda norm: Range(VOCABULARY_VARIETY * 100, None),
        top=100.0,
    ),
)
_PARTS = {
    "pace": _("Score for pace"),
    "fillers": _("Score for fillers"),
    "pauses": _("Score for pauses"),
    "variety": _("Score for variety"),
    "structure": _("Score for structure"),
}
PARTS = tuple(
    Followed(f"score-{name}", label, _score(name), better=1, top=FULL_SCORE)
    for name, label in _PARTS.items()
)
"""The scores that overall is the mean of."""
