from __future__ import annotations

from dataclasses import replace

from sessions_app.coaching.corrected import coached_again
from sessions_app.coaching.rule_based import coach
from sessions_app.coaching.schemas import Coaching, Evidence, FocusArea
from sessions_app.coaching.situation import Situation
from sessions_app.speech.metrics import LabelCount
from tests.sessions_app.coaching.talks import with_fillers

SAID = ("we", "plan", "the", "trip")
FILLED = with_fillers("um", 12)
TALK = replace(
    FILLED,
    words=(
        *(replace(word, text=text) for word, text in zip(FILLED.words, SAID, strict=False)),
        *FILLED.words[len(SAID) :],
    ),
)
WRITTEN = Coaching(
    language="en",
    summary="You said “we plan the trip”. A good start.",
    strengths=("You said “plan the trip”.", "You were calm."),
    focus_areas=(
        FocusArea("fillers", "Fillers", "{filler:um}, that was um.", "", "Pause.", 5),
        FocusArea(
            "fillers",
            "Fillers",
            "You hesitate.",
            "“The trip” shows it, “we plan the trip” too.",
            "Pause.",
            5,
        ),
    ),
    goal=None,
    plan=(),
    acknowledgement="",
)


def without_fillers(situation: Situation) -> Situation:
    metrics = replace(
        situation.metrics,
        fillers_total=0,
        filler_sounds=0,
        fillers_per_minute=0.0,
        fillers_by_label=(),
    )
    return replace(situation, findings=(), metrics=metrics)


def edited(situation: Situation, at: int) -> Situation:
    words = list(situation.words)
    words[at] = replace(words[at], text="other")
    return replace(situation, words=tuple(words), heard=situation.words)


def test_sentences_written_beforehand_are_chosen_again() -> None:
    before = coach(TALK)
    after = coached_again(before, without_fillers(TALK), by_rules=True)
    assert "fillers" in {area.topic for area in before.focus_areas}
    assert "fillers" not in {area.topic for area in after.focus_areas}


def test_an_edited_word_alone_changes_no_phrasing() -> None:
    assert coached_again(coach(TALK), edited(TALK, 3), by_rules=True) == coach(TALK)


def test_what_a_model_wrote_stays_where_nothing_denies_it() -> None:
    again = coached_again(WRITTEN, TALK, by_rules=False)
    assert again == replace(WRITTEN, comparisons=again.comparisons)


def test_quotations_of_words_that_were_not_said_go() -> None:
    again = coached_again(WRITTEN, edited(TALK, 2), by_rules=False)
    assert (again.summary, again.strengths) == ("A good start.", ("You were calm.",))
    assert {area.why for area in again.focus_areas} == {""}


def test_a_focus_area_without_anything_to_say_goes() -> None:
    other = replace(TALK.metrics, fillers_by_label=(LabelCount("uh", 12),))
    again = coached_again(WRITTEN, replace(TALK, metrics=other), by_rules=False)
    assert [area.what for area in again.focus_areas] == ["You hesitate."]


def test_a_focus_area_on_what_needs_no_work_any_more_goes() -> None:
    assert coached_again(WRITTEN, without_fillers(TALK), by_rules=False).focus_areas == ()


def test_evidence_is_where_it_was() -> None:
    area = replace(WRITTEN.focus_areas[1], evidence=(Evidence(2, 6),))
    again = coached_again(replace(WRITTEN, focus_areas=(area,)), TALK, by_rules=False)
    assert again.focus_areas == (area,)
