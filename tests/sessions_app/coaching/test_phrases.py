from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions_app.coaching import phrases as module
from sessions_app.coaching.figures import find_figures
from sessions_app.coaching.phrases import Phrases, phrases
from sessions_app.coaching.rule_based import coach
from sessions_app.coaching.schemas import Coaching
from sessions_app.coaching.sentences import sentences
from sessions_app.coaching.situation import Situation
from sessions_app.coaching.slots import fill, fill_coaching, slot_names
from sessions_app.speech.findings import Finding, FindingKind
from sessions_app.speech.metrics import LabelCount, PauseCounts
from sessions_app.speech.packs import load_pack
from tests.sessions_app.coaching.talks import QUIET, fillers, found, spoken, talk


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
TABLES = [
    phrases(path.stem) for path in sorted(Path(module.__file__).with_name("texts").glob("*.yaml"))
]
POINTED = re.compile(r"\[([^]]*)\]")

each_table = pytest.mark.parametrize("table", TABLES, ids=lambda table: table.language)


def all_texts(table: Phrases) -> list[str]:
    return sorted(set(texts(table.model_dump())))


def slots(node: Any) -> set[str]:
    """Names of slots, "filler" for one of a word's."""
    return {name for text in texts(node) for name in re.findall(r"\{([a-z_]+)", text)}


@each_table
def test_no_text_carries_a_figure(table: Phrases) -> None:
    assert [text for text in all_texts(table) if find_figures(text, table.language)] == []


@each_table
def test_every_slot_exists(table: Phrases) -> None:
    metrics = replace(QUIET, fillers_by_label=(LabelCount("like", 3),))
    filled = [fill(text.replace("<label>", "like"), metrics) for text in all_texts(table)]
    assert [text for text in filled if set("{}|") & set(text)] == []


def test_most_slots_are_used() -> None:
    used = slots(ENGLISH.model_dump())
    assert {"fillers_total", "fillers_per_minute", "pace_wpm", "longest_pause_s"} <= used
    assert used - {"filler"} <= set(slot_names())


@each_table
def test_a_language_says_all_that_the_english_one_says(table: Phrases) -> None:
    ours, theirs = table.model_dump(), ENGLISH.model_dump()
    for part in ("advice", "goals", "strengths", "progress", "summary", "topics", "steps"):
        assert set(ours[part]) == set(theirs[part]), part
        for key in ours[part]:
            assert slots(ours[part][key]) == slots(theirs[part][key]), key


@each_table
def test_exercises_take_as_long_in_every_language(table: Phrases) -> None:
    def load(phrasing: Phrases) -> dict[str, list[tuple[int, int]]]:
        advice = phrasing.advice.items()
        return {name: [(e.minutes, e.times) for e in told.exercises] for name, told in advice}

    assert load(table) == load(ENGLISH)


@each_table
def test_names_stand_where_the_english_ones_stand(table: Phrases) -> None:
    for part in ("strengths", "progress", "summary"):
        for key, variants in getattr(table, part).items():
            named = {frozenset(re.findall("<[a-z]+>", text)) for text in variants}
            allowed = {
                frozenset(re.findall("<[a-z]+>", text)) for text in getattr(ENGLISH, part)[key]
            }
            assert named <= allowed, key
    for name, advice in table.advice.items():
        labelled = any("<label>" in text for text in texts(ENGLISH.advice[name].model_dump()))
        assert labelled or not any("<label>" in text for text in texts(advice.model_dump())), name


@each_table
def test_advice_says_something_without_any_measure(table: Phrases) -> None:
    for name, advice in table.advice.items():
        for text in (*advice.why, *(exercise.text for exercise in advice.exercises)):
            assert "{" not in text, name


@each_table
def test_advice_comes_in_variants(table: Phrases) -> None:
    plain = {"wording", "length_over", "length_under"}
    for name, advice in table.advice.items():
        if name not in plain:
            assert min(len(advice.title), len(advice.what), len(advice.exercises)) >= 2, name


@pytest.mark.parametrize("language", ["en", "en-GB", "xx", "../en", ""])
def test_languages_without_texts_get_english(language: str) -> None:
    assert phrases(language).language == "en"


@pytest.mark.parametrize("language", ["es", "es-MX", "pt", "pt-BR", "pt-PT", "it", "IT"])
def test_a_region_has_the_texts_of_its_language(language: str) -> None:
    assert phrases(language).language == language[:2].lower()


def test_sentences_keep_their_marks() -> None:
    assert sentences("Say “um.” Stop! Now? yes … go") == (
        "Say “um.”",
        "Stop!",
        "Now?",
        "yes …",
        "go",
    )
    assert sentences("  ") == ()


def test_sentences_begin_and_end_with_the_marks_of_their_language() -> None:
    assert sentences("Para. ¿Y ahora? ¡Sigue! «Bien.» Fin. « Oui. » Non.") == (
        "Para.",
        "¿Y ahora?",
        "¡Sigue!",
        "«Bien.»",
        "Fin.",
        "« Oui. »",
        "Non.",
    )


@each_table
def test_exercises_point_up_to_the_moments_and_descriptions_down(table: Phrases) -> None:
    down, up, plans = set[str](), set[str](), set[str]()
    for advice in table.advice.values():
        down.update(pointed for text in advice.what for pointed in POINTED.findall(text))
        for exercise in advice.exercises:
            up.update(POINTED.findall(exercise.text))
            plans.update(POINTED.findall(exercise.plan))
    assert down
    assert up
    assert down.isdisjoint(up)
    assert plans == set()
    assert not any("[" in text for text in texts([a.why for a in table.advice.values()]))


def test_goals_name_no_unit_without_its_value() -> None:
    assert not any("many semitones" in text for text in ENGLISH.goals["pitch_range_semitones"])


def shown(coaching: Coaching) -> Iterator[str]:
    """Every text of a piece of coaching."""
    yield coaching.summary
    yield coaching.acknowledgement
    yield from coaching.strengths
    for area in coaching.focus_areas:
        yield from (area.title, area.what, area.why, area.exercise)
    yield from (step.text for step in coaching.plan)
    if coaching.goal is not None:
        yield coaching.goal.text


def labels(language: str) -> list[str]:
    pack = load_pack(language)
    assert pack is not None
    return [*(entry.label for entry in pack.lexical), *(entry.label for entry in pack.ambiguous)]


@st.composite
def situations(draw: st.DrawFn) -> Situation:
    """Talks that lose points for any of the reasons there are, with every measure known."""
    language = draw(st.sampled_from([t.language for t in TABLES if load_pack(t.language)]))
    label = draw(st.sampled_from(labels(language)))
    count = draw(st.integers(0, 20))
    moments: list[Finding] = [*fillers(label, *range(5, 5 + 6 * count, 6))]
    wordings = [kind for kind in FindingKind if kind is not FindingKind.FILLER]
    for kind in draw(st.lists(st.sampled_from(wordings), unique=True)):
        moments += found(kind, label, *range(1, 30, 7))
    halting = draw(st.integers(0, 5))
    return replace(
        talk(
            moments,
            words=spoken(title=draw(st.sampled_from("abcdefghijkl"))),
            language=language,
            history=(QUIET,) * draw(st.integers(0, 4)),
            exact_words=draw(st.booleans()),
            target_seconds=draw(st.sampled_from([None, 20, 60, 200])),
            fillers_total=count,
            filler_sounds=count,
            fillers_possible=draw(st.integers(0, 2)),
            fillers_per_minute=float(count),
            fillers_by_label=(LabelCount(label, count),),
            filler_clusters=draw(st.integers(0, 2)),
            wpm=draw(st.sampled_from([80.0, 140.0, 210.0])),
            pauses=PauseCounts(draw(st.integers(0, 10)), 0, halting, halting, halting),
            longest_pause_ms=draw(st.sampled_from([900, 4_000])),
            pitch_range_semitones=draw(st.sampled_from([2.0, 9.0])),
            sentence_words_mean=draw(st.sampled_from([12.0, 35.0])),
        ),
        sounds=frozenset(draw(st.sampled_from([[], [label]]))),
    )


@given(situations())
def test_coaching_is_whole_in_every_language(situation: Situation) -> None:
    coaching = coach(situation)
    filled = fill_coaching(coaching, situation.metrics)
    assert coaching.language == situation.language
    assert [len(sentences(text)) for text in shown(filled)] == [
        len(sentences(text)) for text in shown(coaching)
    ]
    for text in shown(filled):
        assert not set("{}|<>[]") & set(text), text
        assert "  " not in text
