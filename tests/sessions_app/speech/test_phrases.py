from __future__ import annotations

from sessions_app.speech.atoms import atomise
from sessions_app.speech.phrases import find_phrases, spoken_beside
from tests.sessions_app.speech.said import said


def found(text: str, *forms: str) -> list[str]:
    atoms = atomise(said(text))
    return [match.entry for match in find_phrases(atoms, {form: form for form in forms})]


def test_the_longest_phrase_wins_and_none_overlaps() -> None:
    assert found("I think I think so", "i think", "i think i", "think so") == [
        "i think i",
        "think so",
    ]


def test_a_mark_ends_a_phrase_and_an_ellipsis_does_not() -> None:
    assert found("you, know you… know you know", "you know") == ["you know", "you know"]


def test_a_phrase_at_the_very_end_must_be_whole() -> None:
    assert found("as you", "you know") == []


def test_words_beside_a_phrase_are_known_only_without_a_mark_between() -> None:
    atoms = atomise(said("Well, you know that."))
    assert spoken_beside(atoms, 1, 3) == ("", "that")
    assert spoken_beside(atoms, 0, 4) == ("", "")
