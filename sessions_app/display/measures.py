"""The table of measures: each with its figure, its unit and how it was obtained."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from sessions_app.display.text import clock, number, seconds, with_unit
from sessions_app.speech.metrics import Metrics


@dataclass(frozen=True, slots=True)
class Measure:
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


def _pace(metrics: Metrics) -> tuple[Measure, ...]:
    wpm = _("words/min")
    return (
        Measure(
            _("Length"), clock(metrics.duration_ms), _("From the decoded sound, start to end.")
        ),
        Measure(
            _("Speaking time"),
            clock(metrics.speaking_ms),
            _("Your turns without silences longer than 1.5 s."),
        ),
        Measure(
            _("Pace while speaking"),
            with_unit(metrics.wpm, wpm),
            _("Words divided by speaking time. 110 to 165 is comfortable for listeners."),
        ),
        Measure(
            _("Pace overall"),
            with_unit(metrics.wpm_total, wpm),
            _("Words divided by the time from your first word to your last, pauses included."),
        ),
        Measure(
            _("Variation of pace"),
            _percent(metrics.pace_variation),
            _("How far the pace of single stretches strays from their mean."),
        ),
    )


def _fillers(metrics: Metrics) -> tuple[Measure, ...]:
    return (
        Measure(
            _("Fillers"),
            number(metrics.fillers_total),
            _("Those counted, in every place. Not counted where the words are a rough draft."),
        ),
        Measure(
            _("Fillers per minute"),
            number(metrics.fillers_per_minute, 1),
            _("Counted fillers per minute of speaking. Up to 5 does no measurable harm, 12 does."),
        ),
        Measure(
            _("Possible fillers"),
            number(metrics.fillers_possible),
            _("Words that may be fillers where the context does not decide. Not counted above."),
        ),
        Measure(
            _("Filler clusters"),
            number(metrics.filler_clusters),
            _("Times when at least 3 fillers fell within 10 seconds."),
        ),
        Measure(
            _("Repetitions"),
            number(metrics.repetitions),
            _("Words or phrases said again at once."),
        ),
        Measure(
            _("Hedges"),
            number(metrics.hedges),
            _("Phrases that take back what is being said, such as “I guess”."),
        ),
    )


def _pauses(metrics: Metrics) -> tuple[Measure, ...]:
    pauses = metrics.pauses
    return (
        Measure(
            _("Good pauses"),
            number(pauses.good if pauses else None),
            _("Silences of 0.2 to 0.8 seconds inside your turns."),
        ),
        Measure(
            _("Acceptable pauses"),
            number(pauses.acceptable if pauses else None),
            _("0.8 to 1.5 seconds."),
        ),
        Measure(_("Long pauses"), number(pauses.long if pauses else None), _("1.5 to 3 seconds.")),
        Measure(
            _("Very long pauses"),
            number(pauses.very_long if pauses else None),
            _("More than 3 seconds."),
        ),
        Measure(
            _("Pauses inside a sentence"),
            number(pauses.mid_sentence if pauses else None),
            _("Any of these that interrupt a sentence."),
        ),
        Measure(_("Longest pause"), seconds(metrics.longest_pause_ms), _("Inside your turns.")),
    )


def _voice(metrics: Metrics) -> tuple[Measure, ...]:
    return (
        Measure(
            _("Loudness"),
            with_unit(metrics.loudness_mean_dbfs, _("dBFS"), 1),
            _("Mean level of voiced stretches, relative to the loudest a file can hold."),
        ),
        Measure(
            _("Variation of loudness"),
            with_unit(metrics.loudness_sd_db, _("dB"), 1),
            _("Standard deviation over voiced stretches."),
        ),
        Measure(
            _("Pitch"),
            with_unit(metrics.pitch_median_hz, _("Hz")),
            _("Median of voiced stretches."),
        ),
        Measure(
            _("Pitch range"),
            with_unit(metrics.pitch_range_semitones, _("semitones"), 1),
            _("From the 10th to the 90th percentile, so that outliers do not count."),
        ),
        Measure(_("Monotone"), _yes_no(metrics.monotone), _("Whether the pitch range is narrow.")),
    )


def _words(metrics: Metrics) -> tuple[Measure, ...]:
    return (
        Measure(_("Words"), number(metrics.word_count), _("Every word you said.")),
        Measure(
            _("Variety of words"),
            _percent(metrics.vocabulary_variety),
            _("Different words among the words said, so that long talks compare with short ones."),
        ),
        Measure(
            _("Words per sentence"),
            number(metrics.sentence_words_mean, 1),
            _("Mean over all sentences."),
        ),
    )


def _percent(share: float | None) -> str:
    return with_unit(None if share is None else share * 100, "%")


def _yes_no(value: bool | None) -> str:
    if value is None:
        return number(None)
    return _("yes") if value else _("no")
