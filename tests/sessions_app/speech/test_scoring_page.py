"""The figures of `docs/scoring.md` are those that are computed with."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import pytest

from sessions_app.coaching.structure import EDGE, POINTS
from sessions_app.speech.baseline import MIN_TALKS, TALKS
from sessions_app.speech.norms import COMFORTABLE
from sessions_app.speech.pause_classes import ACCEPTABLE_MS, GOOD_MS, LONG_MS, PAUSE_MS
from sessions_app.speech.scores import (
    BAND_FLOORS,
    BREATHING_KNOTS,
    FILLER_KNOTS,
    HALTING_KNOTS,
    MIN_SPEAKING_MS,
    MIN_WORDS,
    PITCH_KNOTS,
    VOCABULARY_KNOTS,
    WEIGHTS,
    WORD_FILLER_WEIGHT,
    Knots,
    pace_knots,
)

PAGE = (Path(__file__).parents[3] / "docs" / "scoring.md").read_text()
FLAT = " ".join(PAGE.split())
WORDS = {3: "three", 5: "five"}


def table(name: str) -> list[tuple[float, float]]:
    """The points of a line by the name of what it is read off; some rows hold two such lines."""
    lines = PAGE.splitlines()
    at = next(i for i, line in enumerate(lines) if f"| {name} |" in line)
    side = 0 if lines[at].startswith(f"| {name}") else -1
    heads = lines[at].split(f"| {name} |")[1]
    points = lines[at + 2].split("| points |")[1:][side]
    return list(zip(_figures(heads), _figures(points), strict=True))


def _figures(cells: str) -> list[float]:
    """Up to the first cell that holds none."""
    held = [cell.strip() for cell in cells.split("|")]
    known = itertools.takewhile(lambda cell: re.fullmatch(r"\d+(\.\d+)?", cell), held)
    return [float(cell) for cell in known]


@pytest.mark.parametrize(
    ("left", "knots"),
    [
        ("wpm", pace_knots(COMFORTABLE)),
        ("per minute", FILLER_KNOTS),
        ("halting per minute", HALTING_KNOTS),
        ("breathing per minute", BREATHING_KNOTS),
        ("semitones", PITCH_KNOTS),
        ("vocabulary", VOCABULARY_KNOTS),
    ],
)
def test_lines_are_those_the_scores_are_read_off(left: str, knots: Knots) -> None:
    assert table(left) == list(knots)


def test_bands_begin_where_the_page_says() -> None:
    row = next(line for line in PAGE.splitlines() if line.startswith("| from |"))
    assert [int(each) for each in re.findall(r"\d+", row)] == [*(f for f, _ in BAND_FLOORS), 0]


def test_weights_points_and_limits_are_those_of_the_code() -> None:
    weights = ", ".join(f"{name} {weight * 100:.0f}" for name, weight in WEIGHTS.items())
    assert f"weighted {weights}" in FLAT
    assert f'a filler word ("like") weighing {WORD_FILLER_WEIGHT} of a sound' in FLAT
    assert f"A talk under {MIN_WORDS} words or under {MIN_SPEAKING_MS // 1000} s" in FLAT
    opening, message, closing, transition, example = POINTS.values()
    assert EDGE == 1 / 5
    assert f"opening {opening} (in the first fifth of the words), main message {message}" in FLAT
    assert f"closing {closing} (in the last fifth), a transition {transition}" in FLAT
    assert f"an example {example}" in FLAT


def test_pause_classes_and_the_baseline_are_those_of_the_code() -> None:
    seconds = [f"{ms / 1000:g}" for ms in (PAUSE_MS, GOOD_MS, ACCEPTABLE_MS, LONG_MS)]
    assert f"Silence of at least {seconds[0]} s between two words" in FLAT
    assert f"to {seconds[1]} s good, to {seconds[2]} s acceptable, to {seconds[3]} s long" in FLAT
    assert f"over your last {WORDS[TALKS]} talks" in FLAT
    assert f"From {WORDS[MIN_TALKS]} talks on" in FLAT
