from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions_app.speech.atoms import atomise
from sessions_app.speech.fillers import find_fillers
from sessions_app.speech.findings import Finding, Severity
from sessions_app.speech.notes import Notes
from sessions_app.speech.packs import Verdict
from sessions_app.speech.repetition import repetition_findings, restart_findings
from sessions_app.speech.spoken import filler_places, without
from sessions_app.speech.words import Word
from tests.sessions_app.speech.said import english, said


def found(words: tuple[Word, ...]) -> tuple[list[Finding], list[Finding]]:
    pack = english()
    atoms = atomise(words, pack.divides)
    meant = without(atoms, filler_places(find_fillers(words, pack), Verdict.COUNTED))
    notes = Notes(words, pack)
    return repetition_findings(meant, notes), restart_findings(atoms, meant, notes)


def repeated(text: str) -> list[tuple[str, str]]:
    return [(finding.label, finding.text) for finding in found(said(text))[0]]


def restarted(text: str) -> list[str]:
    return [finding.text for finding in found(said(text))[1]]


def test_the_longest_repeated_phrase_is_one_finding() -> None:
    assert repeated("and I went to I went to the shop") == [("i went to", "I went to I went to")]


@pytest.mark.parametrize("times", [4, 5, 6, 7])
def test_a_word_said_many_times_is_named_once(times: int) -> None:
    said_so = " ".join(["Coldcard"] * times)
    assert repeated(f"okay {said_so}.") == [("coldcard", f"{said_so}.")]


@pytest.mark.parametrize(
    "text",
    [
        "You have to test and retest and retest and retest.",
        "There is no sneaky door in it, it might take a week.",
        "When this happens to you, you say hey.",
    ],
)
def test_what_is_heaped_up_or_ends_one_part_and_opens_the_next_is_meant(text: str) -> None:
    assert repeated(text) == []


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("It was and the and the shop.", "and the"),
        ("but it, it works", "it"),
        ("in it it works", "it"),
        ("The table in the the shop.", "the"),
    ],
)
def test_a_stumble_over_such_words_is_still_found(text: str, label: str) -> None:
    assert [name for name, _ in repeated(text)] == [label]


def test_repeating_more_than_once_is_still_one_finding_and_weighs_more() -> None:
    once, thrice = found(said("the the shop"))[0], found(said("the the the shop"))[0]
    assert [f.text for f in thrice] == ["the the the"]
    assert (once[0].severity, thrice[0].severity) == (Severity.INFO, Severity.MINOR)


def test_fillers_between_do_not_hide_a_repetition() -> None:
    assert repeated("the, uh, you know, the shop") == [("the", "the, uh, you know, the")]


@pytest.mark.parametrize(
    "text",
    [
        "It was very very good.",
        "No way, no way.",
        "No, no.",
        "um um",
        "bye bye now",
        "room 12 12",
        "He left. Left alone.",
        "so-so",
    ],
)
def test_what_is_meant_is_no_repetition(text: str) -> None:
    assert repeated(text) == []


def test_two_speakers_do_not_repeat_each_other() -> None:
    assert found((*said("we left"), *said("left over", turn=1)))[0] == []


def test_without_a_pack_repetitions_are_found_and_have_no_texts() -> None:
    words = said("wir wir gehen")
    (finding,) = repetition_findings(atomise(words), Notes(words, None))
    assert (finding.label, finding.why, finding.advice) == ("wir", "", "")


def test_a_broken_off_word_is_a_restart() -> None:
    assert restarted("He wh-, what did he say") == ["wh-, what"]
    assert restarted("He wh- pre- and post-war") == ["wh- pre-"]


@pytest.mark.parametrize(
    "text",
    [
        "pre- and post-war",
        "pre-, mid-, and post-war",
        "10 - 20 people",
        "we left - then",
        "the end wh-",
    ],
)
def test_a_dash_is_no_restart(text: str) -> None:
    assert restarted(text) == []


def test_a_subject_taken_up_again_after_a_filler_is_a_restart() -> None:
    assert restarted("I was, um, I went home") == ["I was, um, I went"]
    assert restarted("I think, um, I can do it") == []
    assert restarted("I was here. Um, I went home") == []


@given(st.lists(st.sampled_from(["a", "b", "c", "um", "I", "was", "x-"]), max_size=20))
def test_findings_are_in_order_and_inside_the_words(tokens: list[str]) -> None:
    words = tuple(Word(token) for token in tokens)
    repetitions, restarts = found(words)
    for findings in (repetitions, restarts):
        assert all(0 <= f.start_word < f.end_word <= len(words) for f in findings)
        starts = [f.start_word for f in findings]
        assert starts == sorted(starts)


@given(st.lists(st.sampled_from(["red", "blue", "green"]), min_size=1, max_size=12))
def test_words_that_differ_from_their_neighbour_give_no_single_word(tokens: list[str]) -> None:
    words = tuple(Word(token) for token in tokens)
    labels = {f.label for f in found(words)[0] if " " not in f.label}
    doubled = {a for a, b in itertools.pairwise(tokens) if a == b}
    assert labels <= doubled
