from __future__ import annotations

from sessions_app.speech.labelled import LabelledText
from sessions_app.speech.word_lists import every_word, usual_words, words_after_marks
from tests.sessions_app.speech.said import english, said

TEXT = "Um, I like it so well, you know, uh-huh."


def test_every_listed_word_counts_outside_a_fixed_phrase() -> None:
    found = [match.label for match in every_word(said(TEXT), english())]
    assert found == ["um", "like", "so", "well", "you know"]
    assert every_word(said("as well as what kind of"), english()) == []


def test_usual_fillers_are_sounds_and_three_words() -> None:
    found = [match.label for match in usual_words(said(TEXT), english())]
    assert found == ["um", "well", "you know"]


def test_marks_decide_by_what_they_were_in_other_texts() -> None:
    texts = [
        LabelledText(text="It was, like, hard.", filler_spans=((8, 12, "like"),)),
        LabelledText(text="I like it.", filler_spans=()),
    ]
    find = words_after_marks(texts, english(), strip=False)
    found = find(said("You like that, like, now. Now."), english())
    assert [(match.label, match.start_word) for match in found] == [("like", 3)]


def test_without_marks_the_same_lookup_knows_the_word_only() -> None:
    texts = [LabelledText(text="It was, like, hard.", filler_spans=((8, 12, "like"),))]
    find = words_after_marks(texts, english(), strip=True)
    assert [match.start_word for match in find(said("you like that"), english())] == [1]
