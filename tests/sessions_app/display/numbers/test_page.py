"""The page of numbers for talks of every sort, held against what they were measured by."""

from __future__ import annotations

import ast
import math
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from sessions_app.coaching.schemas import (
    ContentReview,
    Evidence,
    Goal,
    PartFound,
    Remark,
    StructurePart,
)
from sessions_app.display import measures, score_basis, score_rules, scores
from sessions_app.display.measures import key_of, measure_groups
from sessions_app.display.numbers import page as numbers_module
from sessions_app.display.numbers.entry import Entry
from sessions_app.display.numbers.missing import _REASONS, _UNKNOWN
from sessions_app.display.numbers.page import NumbersPage, numbers_page
from sessions_app.report import Report
from sessions_app.speech.norms import COMFORTABLE
from sessions_app.speech.relevance import Point, Relevance, RelevanceSource
from sessions_app.speech.scores import WEIGHTS
from tests.sessions_app.display.numbers.reports import REPORTS, a_report
from tests.sessions_app.samples import REFINEMENT

EXACT = REPORTS["exact"]
NAMED = pytest.mark.parametrize("report", REPORTS.values(), ids=REPORTS)
PLACE = Evidence(0, 6)
GOALS = (
    "fillers_total",
    "wpm",
    "longest_pause_ms",
    "hedges",
    "duration_ms",
    "pitch_range_semitones",
    "sentence_words_mean",
    "repetitions",
    "vocabulary_variety",
)


def page_of(report: Report) -> NumbersPage:
    found = numbers_page(report, COMFORTABLE)
    assert found is not None
    return found


def entries(report: Report) -> dict[str, Entry]:
    return {entry.key: entry for group in page_of(report).groups for entry in group.entries}


def figures(line: str) -> list[float]:
    return [float(figure.replace(",", "")) for figure in re.findall(r"\d[\d,]*\.?\d*", line)]


@NAMED
def test_every_measure_of_the_report_is_there_with_the_same_value(report: Report) -> None:
    assert report.metrics is not None
    found = entries(report)
    for group in measure_groups(report.metrics):
        for measure in group.measures:
            assert found[measure.key].value == measure.value
            assert found[measure.key].rule


@NAMED
def test_what_is_not_available_says_why_and_what_is_there_does_not(report: Report) -> None:
    for entry in entries(report).values():
        assert (entry.value == "not available") is bool(entry.missing), entry.key
        assert entry.missing != str(_UNKNOWN), entry.key


@NAMED
def test_what_is_there_shows_its_arithmetic_or_its_moments_or_is_nothing(report: Report) -> None:
    counts = {"0", "not available"}
    for entry in entries(report).values():
        shown = entry.way.working or entry.way.places or entry.value in counts
        assert shown or entry.key in ("goal",), entry.key


@NAMED
def test_every_link_inside_the_page_leads_somewhere(report: Report) -> None:
    found = entries(report)
    assert all(use.key in found for entry in found.values() for use in entry.uses)


@NAMED
def test_counts_have_as_many_moments(report: Report) -> None:
    counted = ("fillers-total", "fillers-possible", "filler-clusters", "repetitions", "hedges")
    pauses = tuple(key for key in entries(report) if key.startswith("pauses-"))
    for key in (*counted, *pauses):
        entry = entries(report)[key]
        places = [place for listed in entry.way.places for place in listed.places]
        if not entry.missing:
            assert len(places) == int(entry.value), key


def test_pace_can_be_worked_out_from_its_line() -> None:
    (line,) = entries(EXACT)["wpm"].way.working
    words, minutes, wpm = figures(line)
    assert wpm == pytest.approx(words / minutes, abs=0.6)
    assert words == len(EXACT.words)


def test_words_without_a_time_are_subtracted_first() -> None:
    words = (*EXACT.words[:9], replace(EXACT.words[9], start_ms=None, end_ms=None))
    first, second = entries(a_report(words + EXACT.words[10:]))["wpm"].way.working
    assert figures(first)[1] == 1
    assert figures(first)[2] == figures(second)[0] == len(EXACT.words) - 1


def test_speaking_time_is_the_sum_of_its_stretches() -> None:
    entry = entries(EXACT)["speaking-ms"]
    _count, seconds, minutes = figures(entry.way.working[0])
    notes = [figures(place.note)[0] for place in entry.way.places[0].places]
    assert sum(notes) == pytest.approx(seconds, abs=0.05 * len(notes) + 0.01)
    assert minutes == pytest.approx(seconds / 60, abs=0.001)


def test_pitch_range_can_be_worked_out_from_its_lines() -> None:
    high, low, semitones = figures(entries(EXACT)["pitch-range-semitones"].way.working[1])[-3:]
    assert 12 * math.log2(high / low) == pytest.approx(semitones, abs=0.1)


def test_vocabulary_can_be_worked_out_from_its_lines() -> None:
    mean, size, share = figures(entries(EXACT)["vocabulary-variety"].way.working[2])
    assert share == pytest.approx(100 * mean / size, abs=0.6)


def test_scores_end_at_the_value_of_their_card() -> None:
    found = entries(EXACT)
    assert EXACT.scores is not None
    for name in (*WEIGHTS, "overall"):
        score = getattr(EXACT.scores, name)
        if score is None:
            continue
        entry = found[f"score-{name}"]
        rounded = next(line for line in entry.way.working if line.startswith("rounded"))
        assert figures(rounded)[0] == score.value == float(entry.value)
        before = entry.way.working[entry.way.working.index(rounded) - 1]
        assert figures(before)[-1] == pytest.approx(score.value, abs=0.56)


def test_overall_adds_up() -> None:
    line = entries(EXACT)["score-overall"].way.working[0]
    *pairs, weights, points = figures(line)
    total = sum(weight * value for weight, value in zip(pairs[::2], pairs[1::2], strict=True))
    assert points == pytest.approx(total / weights, abs=0.1)


def test_structure_names_the_parts_that_count_and_where_they_are() -> None:
    parts = (PartFound(StructurePart.OPENING, PLACE), PartFound(StructurePart.CLOSING, PLACE))
    remark = Remark("A message.", (PLACE,))
    review = ContentReview("en", remark, remark, parts, (), None)
    entry = entries(a_report(review=review))["score-structure"]
    assert entry.value == "25"  # a closing in the first words is none
    assert entry.way.working[0] == "Opening 25 = 25"
    assert entry.way.places[0].places[0].note == "Opening"


def test_a_moment_says_where_it_is_and_what_was_said() -> None:
    found = entries(EXACT)["longest-pause-ms"].way.places[0].places[0]
    assert (found.note, found.word) == ("3.6 s", 37)
    assert found.quote == " ".join(word.text for word in EXACT.words[37:39])
    assert found.ms == EXACT.words[37].end_ms


def test_the_goal_says_how_far_a_step_is() -> None:
    coaching = replace(REFINEMENT.coaching, goal=Goal("Fewer.", "fillers_per_minute", 6.0))
    goal = entries(replace(EXACT, coaching=coaching))["goal"]
    assert goal.rule == "75 % of the figure of this talk, but not below 5, which is harmless."
    assert goal.uses[0].key == "fillers-per-minute"


@pytest.mark.parametrize("key", GOALS)
def test_every_goal_has_its_rule(key: str) -> None:
    coaching = replace(REFINEMENT.coaching, goal=Goal("Go.", key, 6.0))
    rule = entries(replace(EXACT, coaching=coaching))["goal"].rule
    assert "that was set for it" not in rule


def test_relevance_shows_the_points_it_counts() -> None:
    points = (Point("Name one risk", ((3, 6),)), Point("Name one cost", ()))
    relevance = Relevance(0.5, RelevanceSource.RULE, points)
    entry = entries(replace(EXACT, relevance=relevance))["relevance"]
    assert entry.way.working == ("1 of 2 points of the prompt = 0.50",)
    assert entry.value == "0.50"  # as the card writes it
    assert entry.way.places[0].places[0].note == "Name one risk"


def test_numbers_of_other_formulas_show_no_arithmetic() -> None:
    assert EXACT.metrics is not None
    old = replace(EXACT, metrics=replace(EXACT.metrics, formula_version="0"))
    assert page_of(old).outdated
    assert all(
        not entry.way.working
        for key, entry in entries(old).items()
        if key not in ("findings", "relevance")
    )


def test_there_is_no_page_before_the_measures() -> None:
    assert numbers_page(replace(EXACT, metrics=None), COMFORTABLE) is None


def test_reasons_are_keyed_like_measures() -> None:
    assert EXACT.metrics is not None
    known = {measure.key for group in measure_groups(EXACT.metrics) for measure in group.measures}
    assert set(_REASONS) <= known
    assert key_of("fillers_per_minute") in known


def texts(module: Path) -> Iterator[str]:
    """The words of a module for people: strings with a space that are no docstrings."""
    tree = ast.parse(module.read_text())
    docs = {
        node.body[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in docs:
            yield node.value


EXPLAINING = (
    *Path(numbers_module.__file__).parent.glob("*.py"),
    *(Path(module.__file__ or "") for module in (measures, score_basis, score_rules, scores)),
)


@pytest.mark.parametrize("module", EXPLAINING, ids=lambda path: path.name)
def test_no_explanation_has_a_figure_of_its_own(module: Path) -> None:
    """But for octaves and roots in formulas, and what the cited works say."""
    formulas = ("12 × log2", "√(1 + 1/%(talks)s)")
    for text in texts(module):
        cited = re.search(r"\(\d{4}\)|\b(?:19|20)\d\d\b|Linguistics \d+|140 to 160", text)
        bare = text
        for formula in formulas:
            bare = bare.replace(formula, "")
        if " " in bare and not cited:
            assert not re.search(r"\d", bare), text
