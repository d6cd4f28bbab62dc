import re
from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions_app.coaching.numerals import LANGUAGES
from sessions_app.coaching.rule_based import coach
from sessions_app.coaching.schemas import Coaching, FocusArea, Goal, PlanStep
from sessions_app.coaching.slots import UnknownSlot, fill, fill_coaching, rendered, slot_names
from sessions_app.speech.findings import FindingKind
from sessions_app.speech.metrics import LabelCount, Metrics, PaceWindow, PauseCounts
from tests.sessions_app.coaching.talks import QUIET, fillers, found, talk
from tests.sessions_app.speech.measured import UNKNOWN


@pytest.mark.parametrize(
    ("slot", "shown"),
    [
        ("fillers_total", "2"),
        ("fillers_per_minute", "2.0"),
        ("filler:um", "2"),
        ("pace_wpm", "150"),
        ("longest_pause_s", "0.9"),
        ("duration", "1:00"),
        ("pitch_range_semitones", "9.0"),
        ("vocabulary_variety", "75 %"),
        ("sentence_words_mean", "15.0"),
        ("pauses_good", "10"),
    ],
)
def test_shows_measures_as_the_report_does(slot: str, shown: str) -> None:
    assert fill(f"{{{slot}}}", QUIET) == shown


def test_rounds_as_the_report_rounds() -> None:
    assert fill("{pace_wpm}", replace(QUIET, wpm=162.5)) == "162"
    assert fill("{fillers_per_minute}", replace(QUIET, fillers_per_minute=6.25)) == "6.2"
    assert fill("{duration}", replace(QUIET, duration_ms=3_725_900)) == "1:02:05"


def test_the_noun_follows_the_count() -> None:
    text = "{fillers_total|filler|fillers} here."
    assert fill(text, replace(QUIET, fillers_total=1)) == "1 filler here."
    assert fill(text, replace(QUIET, fillers_total=0)) == "0 fillers here."


@pytest.mark.parametrize("language", ["de", "es", "fr", "it", "nl", "pt", "pt-BR"])
def test_other_languages_write_a_decimal_comma(language: str) -> None:
    metrics = replace(QUIET, fillers_per_minute=6.25, duration_ms=65_000)
    text = "{fillers_per_minute} / {pace_wpm} / {duration} / {vocabulary_variety}. Fin."
    assert fill(text, metrics, language) == "6,2 / 150 / 1:05 / 75 %. Fin."
    assert fill(text, metrics, "en-GB") == "6.2 / 150 / 1:05 / 75 %. Fin."
    assert rendered("longest_pause_s", QUIET, language) == "0,9"


def test_coaching_is_filled_in_its_own_language() -> None:
    slot = "{fillers_per_minute}"
    area = FocusArea("fillers", slot, slot, slot, slot, 5)
    coaching = Coaching(
        "nl", slot, (slot,), (area,), Goal(slot, "wpm", 140.0), (PlanStep(slot, 5, 3),), slot
    )
    assert set(texts(fill_coaching(coaching, QUIET))) == {"2,0"}


@pytest.mark.parametrize(("count", "noun"), [(0, "mot"), (1, "mot"), (2, "mots"), (10, "mots")])
def test_nothing_is_singular_in_french(count: int, noun: str) -> None:
    metrics = replace(QUIET, fillers_total=count)
    assert fill("{fillers_total|mot|mots}", metrics, "fr") == f"{count} {noun}"


def test_a_sentence_with_an_unknown_measure_is_left_out() -> None:
    text = "It took {longest_pause_s} seconds. Breathe! You spoke at {pace_wpm}."
    assert fill(text, UNKNOWN) == "Breathe!"
    assert fill(text, replace(UNKNOWN, wpm=120.0)) == "Breathe! You spoke at 120."


def test_a_filler_that_was_not_counted_drops_its_sentence() -> None:
    assert fill("Mostly “like”, {filler:like|time|times}. Go on.", QUIET) == "Go on."


@pytest.mark.parametrize("text", ["{speed}", "{}", "{pace_wpm|word}", "{fillers_total:um}", "{0}"])
def test_an_unknown_slot_is_an_error(text: str) -> None:
    with pytest.raises(UnknownSlot):
        fill(text, QUIET)


def test_fills_every_text_and_keeps_what_is_typed() -> None:
    slot = "At {pace_wpm}."
    area = FocusArea("pace", slot, slot, slot, slot, 5)
    coaching = Coaching(
        "en",
        slot,
        (slot, "{filler:like}"),
        (area,),
        Goal(slot, "wpm", 140.0),
        (PlanStep(slot, 5, 3),),
        slot,
    )
    filled = fill_coaching(coaching, QUIET)
    shown = "At 150."
    assert filled == Coaching(
        "en",
        shown,
        (shown,),
        (FocusArea("pace", shown, shown, shown, shown, 5),),
        Goal(shown, "wpm", 140.0),
        (PlanStep(shown, 5, 3),),
        shown,
    )


LABELS = st.sampled_from(["um", "uh", "like", "you know"])
RATE = st.none() | st.floats(0, 500, allow_nan=False)
COUNT = st.none() | st.integers(0, 500)


@st.composite
def any_metrics(draw: st.DrawFn) -> Metrics:
    values: dict[str, Any] = {}
    for field in fields(Metrics):
        if field.type == "float | None":
            values[field.name] = draw(RATE)
        elif field.type == "int | None":
            values[field.name] = draw(COUNT)
    counts = draw(st.dictionaries(LABELS, st.integers(1, 99)))
    windows = draw(st.lists(st.floats(1, 400), max_size=4))
    return replace(
        UNKNOWN,
        **values,
        word_count=draw(st.integers(30, 20_000)),
        fillers_possible=draw(st.integers(0, 99)),
        fillers_by_label=tuple(LabelCount(*item) for item in counts.items()),
        pace_windows=tuple(PaceWindow(0, 9, wpm) for wpm in windows),
        pauses=draw(st.none() | st.builds(PauseCounts, *[st.integers(0, 99)] * 4, COUNT)),
    )


def texts(coaching: Coaching) -> list[str]:
    areas = [
        text
        for area in coaching.focus_areas
        for text in (area.title, area.what, area.why, area.exercise)
    ]
    goal = [coaching.goal.text] if coaching.goal else []
    plan = [step.text for step in coaching.plan]
    return [coaching.summary, *coaching.strengths, *areas, *goal, *plan, coaching.acknowledgement]


EVERYTHING = (
    *fillers("um", 5, 6, 7, 80),
    *found(FindingKind.FILLER_CLUSTER, "um", 5, size=3),
    *found(FindingKind.HEDGE, "I think", 20, 30, 40, 50),
    *found(FindingKind.REPETITION, "the", 60, 61, 62, 63),
    *found(FindingKind.OVERUSED_WORD, "great", 70, 90),
    *found(FindingKind.NON_INCLUSIVE, "guys", 100),
)
NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")


@given(
    written_for=any_metrics(),
    shown_with=any_metrics(),
    exact=st.booleans(),
    target=COUNT,
    language=st.sampled_from(LANGUAGES),
)
def test_no_text_shows_a_number_that_is_not_the_measures(
    written_for: Metrics, shown_with: Metrics, exact: bool, target: int | None, language: str
) -> None:
    """Also when the measures have changed since the coaching was written."""
    base = talk(EVERYTHING, exact_words=exact, target_seconds=target, language=language)
    coaching = coach(replace(base, metrics=written_for))
    assert coaching.language == language
    slots = [*slot_names(), *(f"filler:{entry.label}" for entry in shown_with.fillers_by_label)]
    shown = [rendered(slot, shown_with, language) or "" for slot in slots]
    allowed = {number for text in shown for number in NUMBER.findall(text)}
    for text in texts(fill_coaching(coaching, shown_with)):
        assert set(NUMBER.findall(text)) <= allowed
        assert "{" not in text
