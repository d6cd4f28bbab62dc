from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from sessions_app.speech.fillers import judge_fillers
from sessions_app.speech.packs import AmbiguousFiller, LanguagePack, LexicalFiller, Verdict
from sessions_app.speech.words import Word
from tests.sessions_app.speech.said import said, timed

COUNTED, POSSIBLE, NO = Verdict.COUNTED, Verdict.POSSIBLE, Verdict.NO
MARKS = "One, two, three."
"""A sentence that shows that the writer sets marks."""


def verdict(words: tuple[Word, ...], **rules: object) -> Verdict:
    """What becomes of "like" where it stands in the words."""
    entry = AmbiguousFiller.model_validate({"label": "like", "forms": ["like"], **rules})
    um = LexicalFiller(label="um", forms=("um",))
    pack = LanguagePack(language="xx", name="X", lexical=(um,), ambiguous=(entry,))
    found = [match for match in judge_fillers(words, pack, None) if match.label == "like"]
    return found[0].verdict if found else NO


def written(text: str, **rules: object) -> Verdict:
    return verdict(said(text), **rules)


def paused(text: str, gaps: Mapping[int, int], **rules: object) -> Verdict:
    return verdict(timed(text, gaps=gaps), **rules)


@pytest.mark.parametrize("text", ["We, like, left.", "We… like… left.", "We (like) left."])
def test_marks_on_both_sides_set_a_word_off(text: str) -> None:
    assert written(text, set_off=COUNTED) is COUNTED


@pytest.mark.parametrize("text", ["We like, left.", "We, like left.", "Like left."])
def test_a_mark_on_one_side_does_not(text: str) -> None:
    assert written(text, set_off=COUNTED) is NO


def test_without_a_rule_of_its_own_a_pause_is_as_good_as_a_mark() -> None:
    assert paused("we like left", {0: 400, 1: 400}, set_off=COUNTED) is COUNTED
    assert paused("we like left", {0: 300, 1: 400}, set_off=COUNTED) is NO


def test_a_word_may_need_marks_to_be_counted() -> None:
    rules = {"set_off": COUNTED, "opens": COUNTED, "paused": POSSIBLE}
    assert paused("we like left", {0: 400, 1: 400}, **rules) is POSSIBLE
    assert paused("like we left", {0: 400}, **rules) is POSSIBLE
    assert written("We, like, left.", **rules) is COUNTED
    assert written("Like, we left.", **rules) is COUNTED


def test_a_word_that_trails_off_needs_a_break_or_a_leading_word_before_it() -> None:
    rules = {"trails": COUNTED, "led_in_by": ["and"]}
    assert written("Like… we left.", **rules) is COUNTED
    assert written("We, like… left.", **rules) is COUNTED
    assert written("He and like… they left.", **rules) is COUNTED
    assert written("We like… left.", **rules) is NO
    assert written("We, like, left.", **rules) is NO


def test_a_word_closes_a_sentence_behind_a_break() -> None:
    assert written("We left, like.", closes=COUNTED) is COUNTED
    assert written("We left like.", closes=COUNTED) is NO


def test_a_word_led_in_is_possible_when_a_break_follows() -> None:
    rules = {"led_in_by": ["and"], "set_off": COUNTED}
    assert written("He left and like, they left.", **rules) is POSSIBLE
    assert written("He left and like they, left.", **rules) is NO
    assert written("He left but like, they left.", **rules) is NO


def test_a_sound_beside_a_word_makes_it_possible_and_not_more() -> None:
    assert written("We um like um left.", set_off=COUNTED) is POSSIBLE
    assert written("We um like left.", set_off=COUNTED) is NO
    assert written("We, like um left.", set_off=COUNTED) is POSSIBLE


def test_a_sound_of_somebody_else_says_nothing() -> None:
    words = (*said("um", turn=0), *said("like um we left", turn=1))
    assert verdict(words, set_off=COUNTED) is NO


def test_a_word_may_start_a_sentence_and_go_on() -> None:
    assert written("Like we left.", starts=POSSIBLE) is POSSIBLE
    assert written("One. Like we left.", starts=POSSIBLE) is POSSIBLE
    assert written("We like it.", starts=POSSIBLE) is NO


def test_without_marks_no_place_can_be_told() -> None:
    assert written("we like left", unmarked=POSSIBLE) is POSSIBLE
    assert written(f"We like left. {MARKS}", unmarked=POSSIBLE) is NO


def test_a_word_before_an_aside_is_only_possible() -> None:
    rules = {"set_off": COUNTED, "doubtful_before": ["indeed"]}
    assert written("It, like, indeed left.", **rules) is POSSIBLE
    assert written("It, like, left.", **rules) is COUNTED


def test_what_is_ruled_out_stays_so() -> None:
    assert written("I would like… it.", trails=COUNTED, never_after=["would"]) is NO


def test_a_question_has_its_tag_alone() -> None:
    rules = {"tag": POSSIBLE, "closes": COUNTED, "trails": COUNTED}
    assert written("We left, like?", **rules) is POSSIBLE
    assert written("We left, ¿like?", **rules) is POSSIBLE
    assert written("We left. Like? No.", **rules) is COUNTED


def test_times_do_not_matter_inside_a_turn_that_ends() -> None:
    first = timed("we like", turn=0)
    second = tuple(replace(word, turn=1) for word in timed("like we"))
    assert verdict((*first, *second), set_off=COUNTED, opens=NO) is NO
