"""What numbers are held against and where that comes from, as `docs/scoring.md` has it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from sessions_app.display.numbers.entry import Norm
from sessions_app.display.numbers.knots import short
from sessions_app.speech.clusters import FEWEST, WITHIN_MS
from sessions_app.speech.gaps import SPEAKING_GAP_MS
from sessions_app.speech.norms import (
    COMFORTABLE,
    FILLER_HARM,
    FILLERS_PER_MINUTE,
    LIVELY_SEMITONES,
    MONOTONE_SEMITONES,
    SENTENCE_WORDS,
    VOCABULARY_VARIETY,
    PaceNorm,
)
from sessions_app.speech.pause_classes import ACCEPTABLE_MS, GOOD_MS, LONG_MS, PAUSE_MS
from sessions_app.speech.scores import WORD_FILLER_WEIGHT


def pace(norm: PaceNorm) -> Norm:
    text = _(
        "%(low)s to %(high)s words/min is comfortable; flagged below %(slow)s, above %(fast)s."
    )
    source = _(
        "This product’s norm; lectures and radio talks lie around 140 to 160 words/min "
        "(S. Tauroza and D. Allison, Applied Linguistics 11, 1990)."
    )
    if norm != COMFORTABLE:
        source = _("Your own target pace.")
    figures = {name: short(getattr(norm, name)) for name in ("low", "high", "slow", "fast")}
    return Norm(text % figures, source)


def fillers() -> Norm:
    text = _("Up to %(harmless)s a minute does no measurable harm, %(harm)s does.") % {
        "harmless": short(FILLERS_PER_MINUTE),
        "harm": short(FILLER_HARM),
    }
    return Norm(
        text,
        _(
            "M. Laske and others, “Do speech disfluencies matter?”, Journal of Applied Behavior "
            "Analysis (2024). That a word weighs %(weight)s of a sound is our choice."
        )
        % {"weight": short(WORD_FILLER_WEIGHT)},
    )


def speaking_time() -> Norm:
    text = _("Silence up to %(gap)s s belongs to speaking.") % {"gap": _seconds(SPEAKING_GAP_MS)}
    return Norm(
        text,
        _("Our choice: the norms for pace were taken from talks with their ordinary pauses in."),
    )


def clusters() -> Norm:
    text = _("At least %(fewest)s fillers within %(within)s s.") % {
        "fewest": short(FEWEST),
        "within": _seconds(WITHIN_MS),
    }
    return Norm(text, _("Our choice."))


def pauses() -> Norm:
    text = _(
        "From %(shortest)s s on a silence is a pause: good to %(good)s s, acceptable to "
        "%(acceptable)s s, long to %(long)s s, beyond that very long."
    ) % {
        "shortest": _seconds(PAUSE_MS),
        "good": _seconds(GOOD_MS),
        "acceptable": _seconds(ACCEPTABLE_MS),
        "long": _seconds(LONG_MS),
    }
    return Norm(
        text,
        _(
            "This product’s norm; the shortest pause follows E. Campione and J. Véronis, “A "
            "large-scale multilingual study of silent pause duration” (2002)."
        ),
    )


def pitch() -> Norm:
    text = _("Monotone below %(flat)s semitones, lively from %(lively)s on.") % {
        "flat": short(MONOTONE_SEMITONES),
        "lively": short(LIVELY_SEMITONES),
    }
    return Norm(
        text,
        _(
            "Computed from the flattest and the liveliest of twenty presenters: R. Hincks, "
            "“Processing the prosody of oral presentations” (InSTIL/ICALL 2004)."
        ),
    )


def loudness() -> Norm:
    return Norm(
        _("Shown and not scored."),
        _("It depends on the microphone, its distance and automatic gain."),
    )


def vocabulary() -> Norm:
    text = _("From %(share)s %% different words on it sounds varied.") % {
        "share": short(VOCABULARY_VARIETY * 100)
    }
    return Norm(
        text,
        _(
            "The measure is MATTR (M. Covington and J. McFall, Journal of Quantitative "
            "Linguistics 17, 2010); from where on it sounds varied is our choice."
        ),
    )


def sentences() -> Norm:
    text = _("Above %(words)s words on average listeners lose the thread.") % {
        "words": short(SENTENCE_WORDS)
    }
    return Norm(text, _("Our choice."))


def ours() -> str:
    return _("Weights and bands are our choice.")


def _seconds(ms: int) -> str:
    return short(ms / 1000)
