"""Readings of the content."""

from __future__ import annotations

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from sessions_app.coaching.answers import ReviewAnswer
from sessions_app.coaching.figures import find_figures
from tests.openai_sim.answers import review

TALK = "Good morning. I believe in trees. For example, mine is old. It grows! Thank you."


def read(text: str, seed: int = 1, prompt: str = "") -> ReviewAnswer:
    data = {"words": numbered(text), "prompt": numbered(prompt)}
    return ReviewAnswer.model_validate(review.write(data, Random(seed)))


def numbered(text: str) -> str:
    return " ".join(f"{at} {word}" for at, word in enumerate(text.split()))


def test_parts_are_where_words_give_them_away() -> None:
    found = {part.part: (part.first, part.last) for part in read(TALK).parts}
    assert found == {
        "opening": (0, 1),
        "main_message": (2, 5),
        "example": (6, 10),
        "closing": (13, 14),
    }


def test_the_long_words_of_a_prompt_are_its_points() -> None:
    found = read(TALK, prompt="Say why trees matter, and thank your mother.").points
    asked = {(point.first, point.last): point.answers for point in found}
    assert set(asked) == {(2, 2), (3, 3), (5, 5), (7, 7)}
    assert [(place.first, place.last) for place in asked[2, 2]] == [(2, 5)]
    assert asked[3, 3] == []
    assert read(TALK).points == []


@given(st.integers(), st.lists(st.sampled_from(["a", "b.", "believe", "example"]), max_size=80))
def test_it_is_complete_with_places_in_the_talk_and_without_figures(
    seed: int, words: list[str]
) -> None:
    answer = read(" ".join(words), seed)
    assert len({strength.text for strength in answer.strengths}) == 3
    assert answer.concern is not None
    remarks = [answer.main_message, answer.structure, *answer.strengths, answer.concern]
    assert not any(find_figures(remark.text) for remark in remarks)
    places = [(each.first, each.last) for each in remarks]
    places += [(each.first, each.last) for each in answer.parts]
    assert all(0 <= first <= last <= max(0, len(words) - 1) for first, last in places)


def test_talks_differ() -> None:
    assert len({read(TALK, seed).main_message.text for seed in range(20)}) > 1
