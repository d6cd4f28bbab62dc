from dataclasses import replace

import pytest

from sessions_app.coaching.answers import PartAnswer, PlaceAnswer, PointAnswer
from sessions_app.coaching.ground import Ground
from sessions_app.coaching.reviewing import reviewed
from sessions_app.coaching.schemas import Evidence, PartFound, Remark, StructurePart
from sessions_app.speech.relevance import Point
from tests.sessions_app.coaching.model import a_review, remark
from tests.sessions_app.speech.said import notes, timed

GROUND = Ground(notes(timed("a talk of just ten words and no more here")), "en", ())


def test_a_review_is_shown_with_the_words_it_points_at() -> None:
    result = reviewed(a_review(concern=remark("It stops short.", 8, 9)), GROUND)
    assert result.review is not None
    assert result.review.main_message == Remark("Walking helps.", (Evidence(0, 4),))
    assert result.review.parts == (PartFound(StructurePart.OPENING, Evidence(0, 4)),)
    assert result.review.concern == Remark("It stops short.", (Evidence(8, 10),))
    assert (result.unresolved, result.violations) == (0, ())


def test_pointers_at_nothing_are_dropped_and_counted() -> None:
    answer = a_review(
        strengths=[remark("Fine.", 5, 10), remark("Good.", 3, 2), remark("Kept.")],
        parts=[PartAnswer(part=StructurePart.CLOSING, first=99, last=99)],
        concern=remark("Far.", 1_000_000, 1_000_000),
    )
    result = reviewed(answer, GROUND)
    assert result.review is not None
    assert [each.text for each in result.review.strengths] == ["Kept."]
    assert result.review.parts == ()
    assert result.review.concern is None
    assert result.unresolved == 4
    assert "strengths[0]: words 5 to 10 do not exist" in result.violations


def test_sentences_with_figures_are_dropped_and_remarks_with_nothing_else() -> None:
    answer = a_review(
        structure=remark("It has three parts. They follow."),
        strengths=[remark("Ten out of ten."), remark("See {slot}."), remark("Kept.")],
    )
    result = reviewed(answer, GROUND)
    assert result.review is not None
    assert result.review.structure.text == "They follow."
    assert [each.text for each in result.review.strengths] == ["Kept."]
    assert "structure: the figure “three”" in result.violations


def test_points_of_the_prompt_come_along_and_count_with_the_rest() -> None:
    ground = replace(GROUND, prompt=("Walking", "meetings"))
    points = [
        PointAnswer(first=0, last=1, answers=[PlaceAnswer(first=4, last=5)]),
        PointAnswer(first=7, last=7, answers=[]),
    ]
    result = reviewed(a_review(points=points), ground)
    assert result.review is not None
    assert result.review.points == (Point("Walking meetings", ((4, 6),)),)
    assert result.unresolved == 1


@pytest.mark.parametrize("field", ["main_message", "structure"])
@pytest.mark.parametrize("lost", [remark("Twelve points."), remark("Fine.", 50, 60), remark(" ")])
def test_nothing_is_left_without_what_carries_it(field: str, lost: object) -> None:
    assert reviewed(a_review(**{field: lost}), GROUND).review is None


def test_at_most_three_strengths_are_shown() -> None:
    result = reviewed(a_review(strengths=[remark(f"Good {c}.") for c in "abcd"]), GROUND)
    assert result.review is not None
    assert len(result.review.strengths) == 3
