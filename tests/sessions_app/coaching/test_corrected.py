from __future__ import annotations

from dataclasses import replace

import pytest

from sessions_app.coaching.corrected import coached_again
from sessions_app.coaching.rule_based import coach
from sessions_app.coaching.schemas import Coaching, Evidence, FocusArea
from sessions_app.coaching.situation import Situation
from sessions_app.speech.findings import FindingStatus
from sessions_app.speech.metrics import LabelCount, Metrics
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


def test_an_edited_word_alone_changes_no_phrasing_of_our_own() -> None:
    assert coach(edited(TALK, 3)) == coach(TALK)


def test_what_a_model_wrote_stays_where_nothing_denies_it() -> None:
    again = coached_again(WRITTEN, TALK, TALK.metrics)
    assert again == replace(WRITTEN, comparisons=again.comparisons)


def test_quotations_of_words_that_were_not_said_go() -> None:
    again = coached_again(WRITTEN, edited(TALK, 2), TALK.metrics)
    assert (again.summary, again.strengths) == ("A good start.", ("You were calm.",))
    assert {area.why for area in again.focus_areas} == {""}


def test_a_focus_area_without_anything_to_say_goes() -> None:
    other = replace(TALK.metrics, fillers_by_label=(LabelCount("uh", 12),))
    again = coached_again(WRITTEN, replace(TALK, metrics=other), TALK.metrics)
    assert [area.what for area in again.focus_areas] == ["You hesitate."]


def test_a_focus_area_on_what_needs_no_work_any_more_goes() -> None:
    again = coached_again(WRITTEN, without_fillers(TALK), TALK.metrics)
    assert again.focus_areas == ()


def test_evidence_is_where_it_was() -> None:
    area = replace(WRITTEN.focus_areas[1], evidence=(Evidence(2, 6),))
    again = coached_again(replace(WRITTEN, focus_areas=(area,)), TALK, TALK.metrics)
    assert again.focus_areas == (area,)


def of(total: int, label: str = "um") -> Metrics:
    return replace(
        TALK.metrics,
        fillers_total=total,
        filler_sounds=total,
        fillers_per_minute=float(total),
        fillers_by_label=(LabelCount(label, total),) if total else (),
    )


@pytest.mark.parametrize(("before", "now"), [(0, 1), (1, 0), (12, 2), (2, 12)])
@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "There was no filler in it."),
        ("en", "You hardly ever say um."),
        ("de", "Füllwörter kommen kaum vor."),
        ("es", "Apenas usas muletillas."),
        ("fr", "Presque aucun mot parasite."),
        ("it", "Quasi nessun intercalare."),
        ("nl", "Bijna geen stopwoorden."),
        ("pt", "Quase nenhuma muleta."),
        ("pl", "Mówisz bez wypełniaczy."),
    ],
)
def test_what_was_said_in_words_of_other_counts_goes(
    language: str, sentence: str, before: int, now: int
) -> None:
    talk = replace(TALK, language=language, metrics=of(now))
    told = replace(
        WRITTEN, language=language, summary=sentence, strengths=(sentence,),
        acknowledgement=sentence, focus_areas=(),
    )  # fmt: skip
    again = coached_again(told, talk, of(before))
    assert again.strengths == ()
    assert sentence not in (again.summary, again.acknowledgement)


@pytest.mark.parametrize(("before", "now"), [(0, 0), (10, 9), (10, 12)])
def test_what_was_said_in_words_stays_where_counts_are_alike(before: int, now: int) -> None:
    told = replace(WRITTEN, summary="You use some fillers.", focus_areas=())
    again = coached_again(told, replace(TALK, metrics=of(now)), of(before))
    assert again.summary == told.summary


def test_a_summary_of_which_nothing_is_left_is_written_by_rules() -> None:
    talk = replace(TALK, metrics=of(0))
    told = replace(WRITTEN, summary="Fillers hold you back.", focus_areas=())
    again = coached_again(told, talk, of(12))
    assert again.summary == coach(talk).summary
    assert again.strengths == WRITTEN.strengths


def test_a_word_that_is_no_filler_any_more_is_called_none() -> None:
    told = replace(WRITTEN, summary="You like “like”. You are calm.", focus_areas=())
    before = replace(of(12), fillers_by_label=(LabelCount("um", 11), LabelCount("like", 1)))
    again = coached_again(told, replace(TALK, metrics=of(11)), before)
    assert again.summary == "You are calm."


def test_a_moment_without_a_filler_is_no_evidence_of_fillers() -> None:
    first, *others = TALK.findings
    dismissed = replace(first, status=FindingStatus.REJECTED, correction=1)
    talk = replace(TALK, findings=(dismissed, *others), metrics=of(11))
    at = (Evidence(first.start_word, first.end_word),)
    area = replace(WRITTEN.focus_areas[1], what="You hesitate.", evidence=at)
    told = replace(WRITTEN, focus_areas=(area,))
    (again,) = coached_again(told, talk, TALK.metrics).focus_areas
    assert again.evidence
    assert again.evidence != at


def test_news_that_turned_is_told_as_it_is() -> None:
    talk = replace(TALK, history=(of(6), of(6), of(6)))
    told = replace(WRITTEN, acknowledgement="You got worse.")
    better = replace(talk, metrics=of(3))
    again = coached_again(told, better, of(12))
    assert again.acknowledgement == coach(better).acknowledgement != ""
    same = coached_again(told, talk, TALK.metrics)
    assert same.acknowledgement == "You got worse."
