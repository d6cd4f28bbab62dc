from __future__ import annotations

from dataclasses import replace

import pytest

from sessions_app.display.score_basis import basis
from sessions_app.display.score_rules import score_rules
from sessions_app.display.scores import score_cards, why_unscored
from sessions_app.speech import norms, scores
from sessions_app.speech.metrics import Metrics, PauseCounts
from sessions_app.speech.scores import Band, Score, Scores
from tests.sessions_app.samples import METRICS

THERE = Score(70, Band.SOLID)
KEYS = ("overall", "pace", "fillers", "pauses", "variety")
MEASURED = replace(
    METRICS,
    wpm=128.4,
    fillers_per_minute=6.04,
    pauses=PauseCounts(9, 4, 1, 1, None),
    pitch_range_semitones=5.2,
    vocabulary_variety=0.614,
)


@pytest.mark.parametrize(
    ("key", "metrics", "expected"),
    [
        ("pace", MEASURED, "from 128 words/min while speaking"),
        ("fillers", MEASURED, "from 6.0 fillers per minute"),
        ("pauses", MEASURED, "from 2 long pauses and 13 shorter"),
        ("variety", MEASURED, "from a pitch range of 5.2 semitones and 61 % different words"),
        (
            "variety",
            replace(MEASURED, vocabulary_variety=None),
            "from a pitch range of 5.2 semitones",
        ),
    ],
)
def test_a_score_says_what_it_comes_from(key: str, metrics: Metrics, expected: str) -> None:
    assert basis(key, THERE, metrics) == expected


def test_an_absent_score_says_what_it_lacks() -> None:
    cards = score_cards(Scores(THERE, None, None, None, None, None), MEASURED)
    shown = {card.key: card.basis for card in cards}
    assert tuple(shown) == KEYS
    assert shown["overall"] == "needs at least 3 other scores"
    assert shown["fillers"] == "needs your exact words"
    assert shown["pauses"] == "needs your exact words and their times"
    assert shown["pace"].startswith("from")


def rules(keys: tuple[str, ...] = KEYS) -> dict[str, str]:
    return {rule.name: rule.text for rule in score_rules(norms.COMFORTABLE, keys)}


def test_every_score_is_explained_and_the_words_and_gaps_too() -> None:
    expected = ["Overall", "Pace", "Fillers", "Pauses", "Variety"]
    assert list(rules()) == [*expected, "Words beside them", "Not available"]


def test_rules_give_the_figures_the_scores_are_computed_with() -> None:
    told = rules()
    assert "by weight: Pace 25, Fillers 30, Pauses 20, Variety 25." in told["Overall"]
    assert "100 from 110 to 165 words per minute" in told["Pace"]
    assert "0 → 100, 2 → 95, 5 → 80, 12 → 40, 20 → 0" in told["Fillers"]
    assert "longer than 1.5 s" in told["Pauses"]
    assert told["Variety"].startswith("75 % from the pitch range")
    bands = "Strong from 80, Solid from 65, Developing from 45, Needs work below."
    assert told["Words beside them"] == bands
    assert "Under 30 words or 15 seconds" in told["Not available"]


def test_structure_is_weighed_only_where_it_is_scored() -> None:
    assert "Structure" not in rules()["Overall"]
    with_structure = rules((*KEYS, "structure"))
    weight = round(scores.WEIGHTS["structure"] * 100)
    assert f"Structure {weight}." in with_structure["Overall"]


def test_the_points_for_structure_are_told() -> None:
    told = rules((*KEYS, "structure"))["Structure"]
    assert "Opening 25, Main message 25, Closing 25, Transition 15, Example 10." in told
    assert "first 20 % of the words" in told


def test_no_scores_are_explained_by_what_is_missing() -> None:
    nothing = replace(MEASURED, word_count=400, speaking_ms=None)
    assert "a recording with the times" in why_unscored(nothing)
    assert "too little speech" in why_unscored(replace(MEASURED, word_count=3))
    assert "what they need" in why_unscored(replace(MEASURED, word_count=400, speaking_ms=90_000))
