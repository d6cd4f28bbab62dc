"""The table "What is not available, and when" of `docs/scoring.md`, row by row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import product

import pytest

from sessions_app.speech.material import Material, WordTimes
from sessions_app.speech.measures import measure
from sessions_app.speech.metrics import Metrics
from sessions_app.speech.scores import Scores, score
from sessions_app.speech.tracks import Region, Track
from sessions_app.speech.words import Word

WORDS = tuple(Word(f"word{i}" + "." * (i % 6 == 5), i * 500, i * 500 + 300) for i in range(120))
TIMED = Material(
    words=WORDS,
    sentences=tuple((start, start + 6) for start in range(0, 120, 6)),
    times=WordTimes.EXACT,
    duration_ms=60_000,
    speech_regions=(Region(0, 60_000),),
    loudness_dbfs=Track(100, (-20.0, -22.0) * 300),
    pitch_hz=Track(100, (120.0, 130.0) * 300),
)
BARE = tuple(Word(word.text) for word in WORDS)
COLUMNS = {
    "exact": TIMED,
    "cues": replace(TIMED, times=WordTimes.CUES),
    "spread": replace(TIMED, times=WordTimes.SPREAD),
    "no times": replace(
        TIMED, words=BARE, times=WordTimes.NONE, speech_regions=(), duration_ms=None,
        loudness_dbfs=None, pitch_hz=None,
    ),
    "draft": replace(TIMED, exact_words=False),
}  # fmt: skip
ROWS: dict[str, tuple[str, tuple[Callable[[Metrics], object], ...]]] = {
    "pace": ("exact cues spread draft", (lambda m: m.wpm, lambda m: m.speaking_ms)),
    "pace windows, variation": (
        "exact cues draft",
        (lambda m: m.pace_windows or None, lambda m: m.pace_variation),
    ),
    "fillers, hedges, repetitions": (
        "exact cues spread|no times",
        (lambda m: m.fillers_total, lambda m: m.hedges, lambda m: m.repetitions),
    ),
    "fillers per minute": ("exact cues spread", (lambda m: m.fillers_per_minute,)),
    "clusters": ("exact cues", (lambda m: m.filler_clusters,)),
    "pauses": ("exact draft", (lambda m: m.pauses, lambda m: m.longest_pause_ms)),
    "pauses inside a sentence": (
        "exact",
        (lambda m: m.pauses.mid_sentence if m.pauses else None,),
    ),
    "vocabulary, sentence length": (
        "exact cues spread|no times",
        (lambda m: m.vocabulary_variety, lambda m: m.sentence_words_mean),
    ),
    "loudness, pitch": (
        "exact cues spread draft",
        (lambda m: m.loudness_mean_dbfs, lambda m: m.pitch_median_hz, lambda m: m.monotone),
    ),
}
SCORED = {
    "pace": "exact cues spread",
    "fillers": "exact cues spread",
    "pauses": "exact",
    "variety": "exact cues spread draft",
    "overall": "exact cues spread",
}


def listed(columns: str) -> set[str]:
    return {part for part in COLUMNS if part in columns}


@pytest.mark.parametrize(("row", "column"), list(product(ROWS, COLUMNS)))
def test_a_measure_is_there_where_the_table_says_so(row: str, column: str) -> None:
    columns, measures = ROWS[row]
    metrics = measure(COLUMNS[column])
    for read in measures:
        assert (read(metrics) is not None) is (column in listed(columns))


@pytest.mark.parametrize(("name", "column"), list(product(SCORED, COLUMNS)))
def test_a_score_is_there_where_its_measures_can_carry_it(name: str, column: str) -> None:
    material = COLUMNS[column]
    scores: Scores = score(measure(material), exact_words=material.exact_words)
    assert (getattr(scores, name) is not None) is (column in listed(SCORED[name]))


@pytest.mark.parametrize("column", COLUMNS)
def test_without_a_language_pack_fillers_and_hedges_are_unknown(column: str) -> None:
    metrics = measure(replace(COLUMNS[column], fillers_judged=False))
    assert (metrics.fillers_total, metrics.fillers_per_minute) == (None, None)
    assert (metrics.hedges, metrics.filler_clusters) == (None, None)


def test_sentences_need_marks() -> None:
    bare = tuple(replace(word, text=word.text.rstrip(".")) for word in WORDS)
    metrics = measure(replace(TIMED, words=bare))
    assert metrics.sentence_words_mean is None
    assert metrics.pauses is not None
    assert metrics.pauses.mid_sentence is None
    assert score(metrics).pauses is not None


def test_without_its_track_a_voice_is_not_judged() -> None:
    metrics = measure(replace(TIMED, loudness_dbfs=None, pitch_hz=None))
    assert (metrics.loudness_mean_dbfs, metrics.loudness_sd_db) == (None, None)
    assert (metrics.pitch_median_hz, metrics.pitch_range_semitones) == (None, None)
    assert score(metrics).variety is None


def test_under_three_seconds_of_voice_say_nothing_and_neither_does_an_octave_error() -> None:
    short = replace(TIMED, pitch_hz=Track(100, (120.0,) * 29 + (None,) * 571))
    assert measure(short).pitch_range_semitones is None
    jumping = replace(TIMED, pitch_hz=Track(100, (100.0, 300.0) * 300))
    assert measure(jumping).pitch_range_semitones is None
