"""Why a number is not available for this talk."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sessions_app.display.numbers.ground import PLACED, Ground
from sessions_app.display.text import number
from sessions_app.speech.material import WordTimes
from sessions_app.speech.measures import MIN_WINDOWS
from sessions_app.speech.prosody import MIN_VOICED_MS, PLAUSIBLE_SEMITONES
from sessions_app.speech.vocabulary import WINDOW, content_words
from sessions_app.stages.outputs import Caveat

Reason = tuple[Callable[[Ground], bool], Promise]


def why_missing(key: str, ground: Ground) -> str:
    """The first reason that holds."""
    text = next((text for holds, text in _REASONS.get(key, ()) if holds(ground)), _UNKNOWN)
    return str(text) % {
        "windows": number(MIN_WINDOWS),
        "seconds": number(MIN_VOICED_MS / 1000),
        "semitones": number(PLAUSIBLE_SEMITONES),
        "words": number(WINDOW),
    }


def _always(ground: Ground) -> bool:
    return True


def _several_turns(ground: Ground) -> bool:
    return len({word.turn for word in ground.words}) > 1


_UNKNOWN = _("What it needs is missing in this talk.")
_DRAFT: Reason = (
    lambda ground: not ground.material.exact_words,
    _("The words are a rough draft: they are not exact enough to be judged."),
)
_NO_PACK: Reason = (
    lambda ground: ground.lacks(Caveat.NO_PACK),
    _("The rules do not know this language, and no AI has read every word."),
)
_NO_TIMES: Reason = (
    lambda ground: ground.material.times is WordTimes.NONE,
    _("Nobody knows when the words were said."),
)
_SPREAD: Reason = (
    lambda ground: ground.material.times not in PLACED,
    _("The times of single words are only estimated from where speech is heard."),
)
_TURNS: Reason = (
    lambda ground: ground.material.times is WordTimes.SPREAD and _several_turns(ground),
    _("There are several speakers, and nobody knows which stretches of speech are yours."),
)
_INEXACT: Reason = (
    lambda ground: ground.material.times is not WordTimes.EXACT,
    _("Pauses need the exact time of every word; here times are estimated."),
)
_NO_RECORDING: Reason = (
    lambda ground: ground.report.media is None,
    _("There is no recording to measure."),
)
_CLIPPED: Reason = (
    lambda ground: ground.lacks(Caveat.CLIPPED),
    _("The recording clips: its loudest parts are cut off, so that loudness means little."),
)
_NOISY: Reason = (
    lambda ground: ground.lacks(Caveat.NOISY),
    _("The recording is too noisy to follow the pitch of the voice."),
)
_LITTLE_SPEECH: Reason = (_always, _("It holds less than %(seconds)s seconds of speech."))
_LITTLE_VOICE: Reason = (
    _always,
    _(
        "It holds less than %(seconds)s seconds of voice, or the pitch ranges over more than "
        "%(semitones)s semitones, which is no single voice."
    ),
)
_NO_MARKS: Reason = (_always, _("The words carry no punctuation to tell sentences by."))
_FEW_WINDOWS: Reason = (
    _always,
    _("It needs at least %(windows)s stretches of speaking, and the talk is shorter."),
)
_FEW_WORDS: Reason = (
    lambda ground: len(content_words(ground.words, ground.material.filler_forms)) < WINDOW,
    _("It needs at least %(words)s words that are not spelt like fillers."),
)

_PACE = (_NO_TIMES, _TURNS)
_JUDGED = (_DRAFT, _NO_PACK)
_PAUSES = (_NO_TIMES, _INEXACT)
_LEVEL = (_NO_RECORDING, _CLIPPED, _LITTLE_SPEECH)
_TONE = (_NO_RECORDING, _NOISY, _LITTLE_VOICE)
_REASONS: Mapping[str, tuple[Reason, ...]] = {
    "duration-ms": (_NO_RECORDING,),
    "speaking-ms": _PACE,
    "wpm": _PACE,
    "wpm-total": _PACE,
    "pace-variation": (_NO_TIMES, _SPREAD, _FEW_WINDOWS),
    "fillers-total": _JUDGED,
    "fillers-per-minute": (*_JUDGED, *_PACE),
    "filler-clusters": (*_JUDGED, _NO_TIMES, _SPREAD),
    "repetitions": (_DRAFT,),
    "hedges": _JUDGED,
    **{f"pauses-{name}": _PAUSES for name in ("good", "acceptable", "long", "very-long")},
    "pauses-mid-sentence": (_DRAFT, *_PAUSES, _NO_MARKS),
    "longest-pause-ms": _PAUSES,
    "loudness-mean-dbfs": _LEVEL,
    "loudness-sd-db": _LEVEL,
    "pitch-median-hz": _TONE,
    "pitch-range-semitones": _TONE,
    "monotone": _TONE,
    "vocabulary-variety": (_DRAFT, _FEW_WORDS),
    "sentence-words-mean": (_DRAFT, _NO_MARKS),
}
