import re
from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions_app.coaching.answers import CoachingAnswer, GoalAnswer, StepAnswer
from sessions_app.coaching.figures import find_figures
from sessions_app.coaching.schemas import Coaching, Evidence
from sessions_app.coaching.situation import Situation
from sessions_app.coaching.slots import fill_coaching, rendered, slot_names
from sessions_app.coaching.written import (
    Offer,
    brought_up_to_date,
    coaching_of,
    slots_for,
    violations,
)
from sessions_app.speech.metrics import LabelCount, Metrics
from tests.sessions_app.coaching.model import a_coaching, an_area
from tests.sessions_app.coaching.talks import talk, with_fillers
from tests.sessions_app.coaching.test_slots import any_metrics, texts

SITUATION = with_fillers("um", 12)
OFFER = Offer.of(SITUATION)


def written(answer: CoachingAnswer, situation: Situation = SITUATION) -> Coaching:
    coaching = coaching_of(answer, situation, Offer.of(situation))
    assert coaching is not None
    return coaching


def test_an_answer_that_keeps_the_rules_is_shown_as_it_is() -> None:
    answer = a_coaching()
    coaching = written(answer)
    assert violations(answer, OFFER) == ()
    assert (coaching.summary, coaching.strengths) == (answer.summary, tuple(answer.strengths))
    (area,) = coaching.focus_areas
    assert area.what == answer.focus_areas[0].what
    assert area.evidence == (Evidence(0, 5),)
    assert coaching.plan[0].times_per_week == 3
    assert coaching.language == "en"


def test_the_value_of_a_goal_is_ours() -> None:
    goal = written(a_coaching()).goal
    assert goal is not None
    assert goal.value == OFFER.aims["fillers_per_minute"] == 9.0


def test_a_goal_that_was_not_offered_is_none() -> None:
    for metric in ("hedges", "everything"):
        answer = a_coaching(goal=GoalAnswer(metric=metric, text="Fewer."))
        assert written(answer).goal is None


def test_topics_are_those_offered_each_once_and_three_at_most() -> None:
    topics = list(OFFER.topics)
    areas = [an_area("looks"), *(an_area(topic) for topic in [*topics, *topics])]
    coaching = written(a_coaching(focus_areas=areas))
    assert [area.topic for area in coaching.focus_areas] == topics[:3]


@pytest.mark.parametrize("field", ["title", "what", "exercise"])
def test_a_focus_area_needs_all_that_makes_it_useful(field: str) -> None:
    area = an_area(**{field: "Do it twelve times."})
    answer = a_coaching(focus_areas=[area])
    assert violations(answer, OFFER) == (f"focus_areas[0].{field}: the figure “twelve”",)
    assert coaching_of(answer, SITUATION, OFFER) is None


def test_without_a_summary_there_is_no_coaching() -> None:
    assert coaching_of(a_coaching(summary="Ten of ten."), SITUATION, OFFER) is None


def test_a_talk_without_topics_is_coached_without_focus_areas() -> None:
    fine = talk()
    none = Offer({}, {}, OFFER.house)
    coaching = coaching_of(a_coaching(), fine, none)
    assert coaching is not None
    assert coaching.focus_areas == ()


@pytest.mark.parametrize(("first", "last"), [(140, 150), (9, 8), (0, 35), (10**6, 10**6)])
def test_a_moment_that_does_not_exist_is_replaced_by_the_rules_own(first: int, last: int) -> None:
    (area,) = written(a_coaching(focus_areas=[an_area(first=first, last=last)])).focus_areas
    assert area.evidence == OFFER.topics["fillers"].evidence


def test_instructions_take_no_slots() -> None:
    step = StepAnswer(text="Do it {fillers_total|time|times}.", minutes=5, times_per_week=2)
    answer = a_coaching(plan=[step])
    assert violations(answer, OFFER)
    assert written(answer).plan == ()


def test_slots_are_those_whose_measure_is_known() -> None:
    known = slots_for(replace(SITUATION.metrics, wpm=None))
    assert "pace_wpm" not in known
    assert "filler:um" in known
    labels = (LabelCount("a{b}", 2), LabelCount("catch 22", 1))
    assert not [name for name in slots_for(replace(SITUATION.metrics, fillers_by_label=labels))
                if name.startswith("filler:")]  # fmt: skip


def test_kept_coaching_gets_the_goal_of_the_talk_as_it_stands() -> None:
    coaching = written(a_coaching())
    fewer = with_fillers("um", 8)
    assert brought_up_to_date(coaching, fewer).goal is not None
    assert brought_up_to_date(coaching, fewer).goal != coaching.goal
    none = talk(fillers_total=0, fillers_per_minute=0.0)
    assert brought_up_to_date(coaching, none).goal is None
    assert brought_up_to_date(coaching, none).summary == coaching.summary


PIECES = st.sampled_from(
    [
        *("You paused", "well", "and then", ".", "!", "?", "\n", "# ", "- ", "**bold**", "“um”"),
        *("12", "7.5", "½", "XII", "`4`", "<b>2</b>", "&#50;", "twelve", "Half", "_three_"),
        *(
            "zwölf",
            "einundzwanzig",
            "douze",
            "veintidós",
            "sei volte",
            "tweeëntwintig",
            "dezesseis",
        ),
        *("\u200b", "t\u200bwo", "“I never said", "that”", "{secret}", "{", "}", "{}", "{pace_wpm"),
        *(
            "{pace_wpm}",
            "{fillers_total|filler|fillers}",
            "{filler:um}",
            "{filler:like|time|times}",
        ),
        *("{{pace_wpm}}", "{pace_wpm|1|2}", "{a|b. c|d}", "{fillers_total} %", "{fillers_total}0"),
        *("-{pace_wpm}", "{longest_pause_s}", "{duration}", "{vocabulary_variety}"),
    ]
)
SENTENCE = st.lists(PIECES, min_size=1, max_size=3).flatmap(
    lambda pieces: st.sampled_from(["", " "]).map(lambda between: between.join(pieces))
)
TEXT = st.lists(SENTENCE, max_size=4).map(". ".join)
ANSWERS = st.builds(
    lambda texts, topics: a_coaching(
        summary=texts[0],
        strengths=texts[1:3],
        focus_areas=[
            an_area(topic, title=texts[3], what=texts[4], why=texts[5], exercise=texts[6])
            for topic in topics
        ]
        + [an_area("pauses", what=f"{texts[4]}. It goes on.", why=texts[5])],
        goal=GoalAnswer(metric="fillers_per_minute", text=texts[7]),
        plan=[StepAnswer(text=texts[8], minutes=5, times_per_week=2)],
        acknowledgement=texts[9],
    ),
    st.lists(TEXT, min_size=10, max_size=10).map(lambda drawn: [f"Well. {drawn[0]}", *drawn[1:]]),
    st.lists(st.sampled_from(["fillers", "pace", "variety"]), max_size=2),
)
NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
SHARE = re.compile(r"\d+ ?%")
STANDING_ALONE = re.compile(r"(?<![\w.,:-])\d+(?:[.,:]\d+)*(?!\w)(?![.,:]\d)")


def assert_only_figures_of(metrics: Metrics, coaching: Coaching, language: str) -> None:
    slots = [*slot_names(), *(f"filler:{entry.label}" for entry in metrics.fillers_by_label)]
    shown = [rendered(slot, metrics, coaching.language) or "" for slot in slots]
    allowed = {number for text in shown for number in NUMBER.findall(text)}
    for text in texts(fill_coaching(coaching, metrics)):
        numbers = NUMBER.findall(text)
        assert set(numbers) <= allowed, text
        assert numbers == STANDING_ALONE.findall(text), text
        assert set(SHARE.findall(text)) <= set(shown), text
        assert not find_figures(NUMBER.sub("", text), language), text
        assert not set("{}|") & set(text), text


@given(
    answer=ANSWERS,
    measured=any_metrics(),
    corrected=any_metrics(),
    language=st.sampled_from(["en", "de", "es", "fr", "it", "nl", "pt"]),
)
def test_no_text_ever_shows_a_number_that_differs_from_the_report(
    answer: CoachingAnswer, measured: Metrics, corrected: Metrics, language: str
) -> None:
    """Whatever the model writes, for the talk as measured and after a correction."""
    situation = replace(SITUATION, metrics=measured, language=language)
    coaching = coaching_of(answer, situation, Offer.of(situation))
    if coaching is None:
        return
    assert_only_figures_of(measured, coaching, language)
    assert_only_figures_of(corrected, coaching, language)
    later = brought_up_to_date(coaching, replace(situation, metrics=corrected))
    assert_only_figures_of(corrected, later, language)


def test_the_pieces_do_make_coaching_that_is_shown() -> None:
    """Else the property above would hold of nothing."""
    answer = a_coaching(summary="Well. You had 12. It was {pace_wpm}. {secret} then. Fine.")
    shown = fill_coaching(written(answer), SITUATION.metrics)
    assert shown.summary == "Well. It was 150. Fine."


def test_every_measure_that_can_be_a_goal_is_a_field_of_the_metrics() -> None:
    names = {field.name for field in fields(Metrics)}
    assert set(OFFER.aims) <= names
    values: list[Any] = list(OFFER.aims.values())
    assert all(isinstance(value, float) for value in values)
