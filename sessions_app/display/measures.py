"""The table of measures: each with its figure, its unit and how it was obtained."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from sessions_app.display.text import clock, number, seconds, with_unit
from sessions_app.speech.clusters import FEWEST, WITHIN_MS
from sessions_app.speech.gaps import SPEAKING_GAP_MS
from sessions_app.speech.metrics import Metrics, PauseCounts
from sessions_app.speech.pause_classes import ACCEPTABLE_MS, GOOD_MS, LONG_MS, PAUSE_MS
from sessions_app.speech.prosody import DECILES
from sessions_app.speech.vocabulary import WINDOW


@dataclass(frozen=True, slots=True)
class Measure:
    """`key` is where the page of numbers explains it."""

    key: str
    label: str
    value: str
    how: str


@dataclass(frozen=True, slots=True)
class MeasureGroup:
    title: str
    measures: tuple[Measure, ...]


def measure_groups(metrics: Metrics) -> tuple[MeasureGroup, ...]:
    return (
        MeasureGroup(_("Length and pace"), _pace(metrics)),
        MeasureGroup(_("Fillers and hesitation"), _fillers(metrics)),
        MeasureGroup(_("Pauses"), _pauses(metrics)),
        MeasureGroup(_("Voice"), _voice(metrics)),
        MeasureGroup(_("Words"), _words(metrics)),
    )


def key_of(metric: str) -> str:
    """Where the page of numbers explains a field of `Metrics`."""
    return metric.replace("_", "-")


def _pace(metrics: Metrics) -> tuple[Measure, ...]:
    wpm = _("words/min")
    return (
        Measure(
            "duration-ms",
            _("Length"),
            clock(metrics.duration_ms),
            _("From the decoded sound, start to end; without sound, from first to last word."),
        ),
        Measure(
            "speaking-ms",
            _("Speaking time"),
            clock(metrics.speaking_ms),
            _("Your turns without silences longer than %(gap)s s.") % {"gap": _s(SPEAKING_GAP_MS)},
        ),
        Measure(
            "wpm",
            _("Pace while speaking"),
            with_unit(metrics.wpm, wpm),
            _("Words divided by speaking time, fillers too."),
        ),
        Measure(
            "wpm-total",
            _("Pace overall"),
            with_unit(metrics.wpm_total, wpm),
            _("Words divided by the time from first to last word of your turns, pauses included."),
        ),
        Measure(
            "pace-variation",
            _("Variation of pace"),
            _percent(metrics.pace_variation),
            _("How far the pace of single stretches strays from their mean."),
        ),
    )


def _fillers(metrics: Metrics) -> tuple[Measure, ...]:
    return (
        Measure(
            "fillers-total",
            _("Fillers"),
            number(metrics.fillers_total),
            _("Those counted, in every place. Not counted where the words are a rough draft."),
        ),
        Measure(
            "fillers-per-minute",
            _("Fillers per minute"),
            number(metrics.fillers_per_minute, 1),
            _("Counted fillers per minute of speaking."),
        ),
        Measure(
            "fillers-possible",
            _("Possible fillers"),
            number(metrics.fillers_possible),
            _("Words that may be fillers where the context does not decide. Not counted above."),
        ),
        Measure(
            "filler-clusters",
            _("Filler clusters"),
            number(metrics.filler_clusters),
            _("Times when at least %(fewest)s fillers fell within %(within)s seconds.")
            % {"fewest": number(FEWEST), "within": _s(WITHIN_MS, 0)},
        ),
        Measure(
            "repetitions",
            _("Repetitions"),
            number(metrics.repetitions),
            _("Words or phrases said again at once, and sentences begun again."),
        ),
        Measure(
            "hedges",
            _("Hedges"),
            number(metrics.hedges),
            _("Phrases that take back what is being said, such as “I guess”."),
        ),
    )


def _pauses(metrics: Metrics) -> tuple[Measure, ...]:
    counts = metrics.pauses
    return (
        *_pause_classes(counts),
        Measure(
            "pauses-mid-sentence",
            _("Pauses inside a sentence"),
            number(counts.mid_sentence if counts else None),
            _("Those over %(good)s seconds that interrupt a sentence; counted above as well.")
            % {"good": _s(GOOD_MS)},
        ),
        Measure(
            "longest-pause-ms",
            _("Longest pause"),
            seconds(metrics.longest_pause_ms),
            _("Inside your turns."),
        ),
    )


def _pause_classes(counts: PauseCounts | None) -> tuple[Measure, ...]:
    return (
        Measure(
            "pauses-good",
            _("Good pauses"),
            number(counts.good if counts else None),
            _("Silences of %(low)s to %(high)s seconds inside your turns.")
            % _between(PAUSE_MS, GOOD_MS),
        ),
        Measure(
            "pauses-acceptable",
            _("Acceptable pauses"),
            number(counts.acceptable if counts else None),
            _("%(low)s to %(high)s seconds.") % _between(GOOD_MS, ACCEPTABLE_MS),
        ),
        Measure(
            "pauses-long",
            _("Long pauses"),
            number(counts.long if counts else None),
            _("%(low)s to %(high)s seconds.") % _between(ACCEPTABLE_MS, LONG_MS),
        ),
        Measure(
            "pauses-very-long",
            _("Very long pauses"),
            number(counts.very_long if counts else None),
            _("More than %(low)s seconds.") % {"low": _s(LONG_MS)},
        ),
    )


def _voice(metrics: Metrics) -> tuple[Measure, ...]:
    return (
        Measure(
            "loudness-mean-dbfs",
            _("Loudness"),
            with_unit(metrics.loudness_mean_dbfs, _("dBFS"), 1),
            _("Mean level where you speak, relative to the loudest a file can hold."),
        ),
        Measure(
            "loudness-sd-db",
            _("Variation of loudness"),
            with_unit(metrics.loudness_sd_db, _("dB"), 1),
            _("Standard deviation where you speak."),
        ),
        Measure(
            "pitch-median-hz",
            _("Pitch"),
            with_unit(metrics.pitch_median_hz, _("Hz")),
            _("Median where your voice can be followed."),
        ),
        Measure(
            "pitch-range-semitones",
            _("Pitch range"),
            with_unit(metrics.pitch_range_semitones, _("semitones"), 1),
            _("From the %(low)sth to the %(high)sth percentile, so that outliers do not count.")
            % {"low": number(DECILES[0] * 100), "high": number(DECILES[1] * 100)},
        ),
        Measure(
            "monotone",
            _("Monotone"),
            _yes_no(metrics.monotone),
            _("Whether the pitch range is narrow."),
        ),
    )


def _words(metrics: Metrics) -> tuple[Measure, ...]:
    return (
        Measure("word-count", _("Words"), number(metrics.word_count), _("Every word you said.")),
        Measure(
            "vocabulary-variety",
            _("Variety of words"),
            _percent(metrics.vocabulary_variety),
            _(
                "Different words in %(window)s words on end, averaged over the talk, so that long "
                "talks compare with short ones. Without what is spelt like a filler."
            )
            % {"window": number(WINDOW)},
        ),
        Measure(
            "sentence-words-mean",
            _("Words per sentence"),
            number(metrics.sentence_words_mean, 1),
            _("Mean over all sentences."),
        ),
    )


def _s(ms: int, decimals: int = 1) -> str:
    return number(ms / 1000, decimals)


def _between(low_ms: int, high_ms: int) -> dict[str, str]:
    return {"low": _s(low_ms), "high": _s(high_ms)}


def _percent(share: float | None) -> str:
    return with_unit(None if share is None else share * 100, "%")


def _yes_no(value: bool | None) -> str:
    if value is None:
        return number(None)
    return _("yes") if value else _("no")
