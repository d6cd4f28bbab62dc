"""Slots: the only way a quantity gets into coaching text.

`{pace_wpm}` shows a measure; `{fillers_total|filler|fillers}` shows it with the noun that fits;
`{filler:um}` shows how often one filler was counted. What is shown is read from the metrics at
that moment and rounded as the report rounds, so that the text agrees with it after every
correction. Decimal mark and plural are those of the language of the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from sessions_app.coaching.schemas import Coaching, FocusArea
from sessions_app.coaching.sentences import sentences
from sessions_app.speech.metrics import Metrics, PauseCounts

_SLOT = re.compile(r"\{([^{}]*)\}")
_FILLER = "filler:"
_FORMS = 2
_DECIMAL_COMMA = frozenset({"de", "es", "fr", "it", "nl", "pt"})
_SINGULAR = {"fr": frozenset({"0", "1"})}
"""Counts that take the singular noun; in other languages one alone."""

Reading = Callable[[Metrics], str | None]


class UnknownSlot(ValueError):
    """The text names a slot that does not exist: a fault in the text, not in the talk."""


def fill(text: str, metrics: Metrics, language: str = "en") -> str:
    """`text`, written in `language`, with its slots filled; a sentence with a measure that is
    `None` is left out.

    Raises `UnknownSlot`.
    """
    filled = (_filled(sentence, metrics, language) for sentence in sentences(text))
    return " ".join(sentence for sentence in filled if sentence is not None)


def fill_coaching(coaching: Coaching, metrics: Metrics) -> Coaching:
    """Every text of `coaching` filled; typed fields stay. Raises `UnknownSlot`."""
    goal, language = coaching.goal, coaching.language
    return replace(
        coaching,
        summary=fill(coaching.summary, metrics, language),
        strengths=_filled_all(coaching.strengths, metrics, language),
        focus_areas=tuple(_filled_area(area, metrics, language) for area in coaching.focus_areas),
        goal=goal and replace(goal, text=fill(goal.text, metrics, language)),
        plan=tuple(
            replace(step, text=fill(step.text, metrics, language)) for step in coaching.plan
        ),
        acknowledgement=fill(coaching.acknowledgement, metrics, language),
    )


def slot_names() -> tuple[str, ...]:
    """The plain slots there are; `filler:<label>` comes on top."""
    return tuple(_READINGS)


def rendered(slot: str, metrics: Metrics, language: str = "en") -> str | None:
    """What a slot shows in a text of `language`, `None` where the measure is not known.

    Raises `UnknownSlot`.
    """
    value = _read(slot, metrics)
    if value is not None and _main(language) in _DECIMAL_COMMA:
        return value.replace(".", ",")
    return value


def _read(slot: str, metrics: Metrics) -> str | None:
    if slot.startswith(_FILLER):
        label = slot.removeprefix(_FILLER)
        counts = {entry.label: entry.count for entry in metrics.fillers_by_label}
        return _whole(counts.get(label))
    reading = _READINGS.get(slot)
    if reading is None:
        raise UnknownSlot(slot)
    return reading(metrics)


def _filled_area(area: FocusArea, metrics: Metrics, language: str) -> FocusArea:
    return replace(
        area,
        title=fill(area.title, metrics, language),
        what=fill(area.what, metrics, language),
        why=fill(area.why, metrics, language),
        exercise=fill(area.exercise, metrics, language),
    )


def _filled_all(texts: tuple[str, ...], metrics: Metrics, language: str) -> tuple[str, ...]:
    return tuple(filled for text in texts if (filled := fill(text, metrics, language)))


def _filled(sentence: str, metrics: Metrics, language: str) -> str | None:
    shown = {slot: _shown(slot, metrics, language) for slot in _SLOT.findall(sentence)}
    if None in shown.values():
        return None
    return _SLOT.sub(lambda match: str(shown[match.group(1)]), sentence)


def _shown(slot: str, metrics: Metrics, language: str) -> str | None:
    name, *forms = slot.split("|")
    value = rendered(name, metrics, language)
    if not forms or value is None:
        return value
    if len(forms) != _FORMS:
        raise UnknownSlot(slot)
    singular = value in _SINGULAR.get(_main(language), {"1"})
    return f"{value} {forms[0] if singular else forms[1]}"


def _main(language: str) -> str:
    """ "pt" of "pt-BR"."""
    return language[:2].casefold()


def _whole(value: float | None) -> str | None:
    return None if value is None else f"{value:.0f}"


def _tenths(value: float | None, unit: float = 1.0) -> str | None:
    return None if value is None else f"{value / unit:.1f}"


def _clock(value: int | None) -> str | None:
    if value is None:
        return None
    minutes, seconds = divmod(value // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def _percent(value: float | None) -> str | None:
    return None if value is None else f"{value * 100:.0f} %"


def _pauses(pick: Callable[[PauseCounts], int | None]) -> Reading:
    return lambda metrics: None if metrics.pauses is None else _whole(pick(metrics.pauses))


_READINGS: dict[str, Reading] = {
    "word_count": lambda m: _whole(m.word_count),
    "duration": lambda m: _clock(m.duration_ms),
    "pace_wpm": lambda m: _whole(m.wpm),
    "pace_total_wpm": lambda m: _whole(m.wpm_total),
    "pace_fastest_wpm": lambda m: _whole(max((w.wpm for w in m.pace_windows), default=None)),
    "pace_slowest_wpm": lambda m: _whole(min((w.wpm for w in m.pace_windows), default=None)),
    "fillers_total": lambda m: _whole(m.fillers_total),
    "fillers_possible": lambda m: _whole(m.fillers_possible),
    "fillers_per_minute": lambda m: _tenths(m.fillers_per_minute),
    "filler_clusters": lambda m: _whole(m.filler_clusters),
    "filler_sounds": lambda m: _whole(m.filler_sounds),
    "pauses_good": _pauses(lambda pauses: pauses.good),
    "pauses_long": _pauses(lambda pauses: pauses.long),
    "pauses_very_long": _pauses(lambda pauses: pauses.very_long),
    "pauses_mid_sentence": _pauses(lambda pauses: pauses.mid_sentence),
    "longest_pause_s": lambda m: _tenths(m.longest_pause_ms, 1000),
    "repetitions": lambda m: _whole(m.repetitions),
    "hedges": lambda m: _whole(m.hedges),
    "pitch_range_semitones": lambda m: _tenths(m.pitch_range_semitones),
    "vocabulary_variety": lambda m: _percent(m.vocabulary_variety),
    "sentence_words_mean": lambda m: _tenths(m.sentence_words_mean),
}
