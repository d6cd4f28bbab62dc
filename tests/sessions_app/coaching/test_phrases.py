import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from sessions_app.coaching.figures import find_figures
from sessions_app.coaching.phrases import phrases
from sessions_app.coaching.sentences import sentences
from sessions_app.coaching.slots import fill, slot_names
from sessions_app.speech.metrics import LabelCount
from tests.sessions_app.coaching.talks import QUIET


def texts(node: Any) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict):
        for child in node.values():
            yield from texts(child)
    elif isinstance(node, list | tuple):
        for child in node:
            yield from texts(child)


ENGLISH = phrases("en")
ALL = sorted(set(texts(ENGLISH.model_dump())))


@pytest.mark.parametrize("text", ALL, ids=lambda text: text[:40])
def test_no_text_carries_a_figure(text: str) -> None:
    assert find_figures(text) == ()


def test_every_slot_exists() -> None:
    metrics = replace(QUIET, fillers_by_label=(LabelCount("like", 3),))
    filled = [fill(text.replace("<label>", "like"), metrics) for text in ALL]
    assert not any("{" in text for text in filled)


def test_most_slots_are_used() -> None:
    used = {name for text in ALL for name in re.findall(r"\{([a-z_]+)", text)}
    assert {"fillers_total", "fillers_per_minute", "pace_wpm", "longest_pause_s"} <= used
    assert used - {"filler"} <= set(slot_names())


def test_advice_says_something_without_any_measure() -> None:
    for name, advice in ENGLISH.advice.items():
        for text in (*advice.why, *(exercise.text for exercise in advice.exercises)):
            assert "{" not in text, name


def test_advice_comes_in_variants() -> None:
    plain = {"wording", "length_over", "length_under"}
    for name, advice in ENGLISH.advice.items():
        if name not in plain:
            assert min(len(advice.title), len(advice.what), len(advice.exercises)) >= 2, name


@pytest.mark.parametrize("language", ["en", "en-GB", "xx", "../en", ""])
def test_languages_without_texts_get_english(language: str) -> None:
    assert phrases(language).language == "en"


def test_sentences_keep_their_marks() -> None:
    assert sentences("Say “um.” Stop! Now? yes … go") == (
        "Say “um.”",
        "Stop!",
        "Now?",
        "yes …",
        "go",
    )
    assert sentences("  ") == ()


def test_exercises_point_up_to_the_moments_and_descriptions_down() -> None:
    for advice in ENGLISH.advice.values():
        assert not any("[below]" in exercise.text for exercise in advice.exercises)
        assert not any("[above]" in text for text in advice.what)


def test_goals_name_no_unit_without_its_value() -> None:
    assert not any("many semitones" in text for text in ENGLISH.goals["pitch_range_semitones"])
