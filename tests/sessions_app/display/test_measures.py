from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from sessions_app.display.measures import measure_groups
from sessions_app.speech.metrics import Metrics, PauseCounts
from tests.sessions_app.samples import METRICS


def values(metrics: Metrics) -> dict[str, str]:
    return {m.label: m.value for group in measure_groups(metrics) for m in group.measures}


def test_figures_carry_their_units() -> None:
    shown = values(replace(METRICS, wpm=128.4, monotone=True, vocabulary_variety=0.614))
    assert shown["Pace while speaking"] == "128 words/min"
    assert shown["Longest pause"] == "0.1 s"
    assert shown["Monotone"] == "yes"
    assert shown["Variety of words"] == "61 %"


def test_every_missing_measure_is_not_available_rather_than_nothing() -> None:
    nothing: Any = {f.name: None for f in fields(Metrics) if "None" in str(f.type)}
    shown = values(replace(METRICS, **nothing))
    still_there = {label for label, value in shown.items() if value != "not available"}
    assert still_there == {"Possible fillers", "Words"}


def test_pauses_are_counted_by_length() -> None:
    shown = values(replace(METRICS, pauses=PauseCounts(9, 4, 2, 0, None)))
    assert shown["Good pauses"] == "9"
    assert shown["Very long pauses"] == "0"
    assert shown["Pauses inside a sentence"] == "not available"


def test_every_measure_says_how_it_was_obtained() -> None:
    assert all(m.how.endswith(".") for group in measure_groups(METRICS) for m in group.measures)
