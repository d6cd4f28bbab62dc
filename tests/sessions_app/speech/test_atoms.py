from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions_app.speech.atoms import (
    Break,
    atomise,
    atoms_of,
    has_marks,
    is_punctuated,
    unstretched,
)
from sessions_app.speech.words import Word
from tests.sessions_app.speech.said import english, said, timed


def norms(text: str) -> list[str]:
    return [atom.norm for atom in atomise(said(text), english().divides)]


def test_marks_and_case_are_not_part_of_an_atom() -> None:
    assert norms("“Well,” (she) SAID…") == ["well", "she", "said"]


def test_glued_words_are_several_atoms() -> None:
    assert norms("um,like so…uh") == ["um", "like", "so", "uh"]


def test_a_hyphenated_sound_is_taken_out_but_an_answer_and_a_plain_word_stay_whole() -> None:
    assert norms("um-like uh-uh well-known") == ["um", "like", "uh-uh", "well-known"]


def test_addresses_are_not_taken_apart() -> None:
    assert norms("mail um@uh.com or https://um.uh/er") == [
        "mail",
        "um@uh.com",
        "or",
        "https://um.uh/er",
    ]


def test_apostrophes_are_made_plain_and_stay_inside() -> None:
    assert norms("don’t 'em goin'") == ["don't", "em", "goin"]


def test_signs_of_other_scripts_stay_with_their_letters() -> None:
    assert norms("हिन्दी नमस्ते、 你好。") == ["हिन्दी", "नमस्ते", "你好"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("a b", Break.NONE),
        ("a, b", Break.COMMA),
        ("a — b", Break.COMMA),
        ("a. b", Break.TERMINAL),
        ("a... b", Break.ELLIPSIS),
        ("wh- b", Break.CUT),
        ("wh-, b", Break.CUT),
        ("a - b", Break.COMMA),
        ("a-- b", Break.COMMA),
        ("a” b", Break.NONE),
        ("a <noise> b", Break.NONE),
    ],
)
def test_what_stands_between_two_words_is_known(text: str, kind: Break) -> None:
    assert atomise(said(text))[0].after is kind


def test_a_turn_ends_like_the_talk() -> None:
    first, second = atomise((*said("yes."), *said("no", turn=1)))
    assert first.after is second.before is second.after is Break.EDGE


def test_gaps_are_silence_before_and_after_a_word() -> None:
    first, second = atomise(timed("a b", gaps={0: 250}))
    assert (first.gap_before, first.gap_after, second.gap_before) == (None, 250, 250)


def test_text_is_punctuated_when_its_writer_used_marks() -> None:
    assert is_punctuated(atomise(said("Well, we went home.")))
    assert not is_punctuated(atomise(said("well we went 'home' <noise>")))
    assert not is_punctuated(atomise(said("word " * 60 + "end.")))
    assert not is_punctuated(atomise(said("um-uh yes"), lambda whole, parts: True))


def test_the_atoms_of_a_talk_are_made_once() -> None:
    words = said("Well, um-like uh-uh.")
    assert atoms_of(words) == atomise(words)
    assert atoms_of(words, english().divides) == atomise(words, english().divides)
    assert atoms_of(words, english().divides) is atoms_of(
        said("Well, um-like uh-uh."), english().divides
    )
    assert atoms_of(words) is atoms_of(words)


def test_words_with_other_times_have_atoms_of_their_own() -> None:
    assert atoms_of(timed("a b")) != atoms_of(timed("a b", gaps={0: 250}))


def test_words_have_marks_when_their_atoms_are_punctuated() -> None:
    assert has_marks(said("Well, we went home."))
    assert not has_marks(said("well we went home"))


def test_stretched_sounds_are_looked_up_short() -> None:
    assert unstretched("ummmm") == ("ummmm", "ummm", "umm", "um")
    assert unstretched("mmm") == ("mmm", "mm", "m")
    assert unstretched("well") == ("well",)


@given(st.lists(st.text(max_size=12), max_size=30))
def test_every_atom_lies_inside_its_word_and_in_order(texts: list[str]) -> None:
    words = [Word(text) for text in texts]
    atoms = atomise(words, english().divides)
    places = [(atom.word, atom.start, atom.end) for atom in atoms]
    assert all(0 <= start < end <= len(words[word].text) for word, start, end in places)
    assert all(left[:2] < right[:2] for left, right in itertools.pairwise(places))
    assert all(
        left[2] <= right[1] for left, right in itertools.pairwise(places) if left[0] == right[0]
    )
