from __future__ import annotations

import pytest

from sessions_app.display.progress.measures import MEASURES, PACE
from sessions_app.display.progress.reading import reading
from sessions_app.speech.norms import COMFORTABLE

BY_KEY = {each.key: each for each in MEASURES}
FILLERS = BY_KEY["fillers-per-minute"]


def test_a_clear_fall_is_told_with_both_means() -> None:
    found = reading(FILLERS, [6.5, 5.9, 6.2, 5.8, 6.1, 3.4, 3.1, 3.0, 3.3, 3.2], COMFORTABLE)
    assert found.text == (
        "Fillers per minute went down: on average 6.1 in the first 5 of these talks, "
        "3.2 in the last 5."
    )
    assert found.verdict == "better"


def test_a_clear_rise_of_fillers_is_worse() -> None:
    found = reading(FILLERS, [1.0, 1.1, 1.2, 8.0, 8.1, 8.2], COMFORTABLE)
    assert "went up" in found.text
    assert found.verdict == "worse"


def test_without_a_clear_change_the_sentence_says_so_and_judges_nothing() -> None:
    found = reading(FILLERS, [6.0, 3.0, 5.0, 4.0, 5.5, 3.5], COMFORTABLE)
    assert found.text.startswith("No clear change: on average 4.7 in the first 3")
    assert found.verdict == ""


@pytest.mark.parametrize(
    ("talks", "told"), [(1, "5 more are needed"), (5, "1 more is needed"), (0, "6 more")]
)
def test_few_talks_say_how_many_are_needed(talks: int, told: str) -> None:
    assert told in reading(FILLERS, [4.0] * talks, COMFORTABLE).text


def test_pace_is_better_closer_to_the_range_and_neutral_inside_it() -> None:
    slower = reading(PACE, [210.0, 211.0, 212.0, 170.0, 171.0, 172.0], COMFORTABLE)
    inside = reading(PACE, [120.0, 121.0, 122.0, 150.0, 151.0, 152.0], COMFORTABLE)
    away = reading(PACE, [120.0, 121.0, 122.0, 180.0, 181.0, 182.0], COMFORTABLE)
    assert (slower.verdict, inside.verdict, away.verdict) == ("better", "", "worse")


def test_nobody_says_whether_more_loudness_is_better() -> None:
    found = reading(BY_KEY["loudness-sd-db"], [2.0, 2.1, 2.2, 6.0, 6.1, 6.2], COMFORTABLE)
    assert "went up" in found.text
    assert found.verdict == ""


def test_a_change_that_cannot_be_read_is_none() -> None:
    found = reading(BY_KEY["pauses-long"], [0.01, 0.01, 0.01, 0.04, 0.04, 0.04], COMFORTABLE)
    assert found.text.startswith("No clear change")
