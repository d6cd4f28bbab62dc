from hypothesis import given
from hypothesis import strategies as st

from sessions_app.coaching.answers import PlaceAnswer, PointAnswer
from sessions_app.coaching.ground import Ground
from sessions_app.coaching.points import LONGEST_PLACE, MOST_POINTS, Pointed, pointed
from sessions_app.speech.relevance import Point
from tests.sessions_app.speech.said import notes, timed

PROMPT = ("Say", "why", "walking", "meetings", "help", "shy", "people")
GROUND = Ground(notes(timed("word " * 100)), "en", (), prompt=PROMPT)


def point(first: int, last: int, *places: tuple[int, int]) -> PointAnswer:
    answers = [PlaceAnswer(first=start, last=end) for start, end in places]
    return PointAnswer(first=first, last=last, answers=answers)


def test_points_quote_the_prompt_and_point_at_the_talk() -> None:
    found = pointed([point(5, 6), point(2, 3, (40, 49), (3, 3))], GROUND)
    assert found == Pointed(
        (Point("walking meetings", ((3, 4), (40, 50))), Point("shy people", ())), 0
    )


def test_what_leads_nowhere_is_dropped_and_counted() -> None:
    good = [point(2, 2, (0, 1)), point(3, 3, (2, 3))]
    for bad in (point(6, 7), point(4, 3), point(10**6, 10**6), point(2, 3)):
        assert pointed([*good, bad], GROUND) == Pointed(
            (Point("walking", ((0, 2),)), Point("meetings", ((2, 4),))), 1
        )
    found = pointed([point(2, 2, (0, 1), (98, 100), (5, 4)), point(3, 3, (2, 3))], GROUND)
    assert found.unresolved == 2
    assert found.points[0].places == ((0, 2),)


def test_a_whole_talk_is_evidence_of_nothing() -> None:
    found = pointed([point(2, 2, (0, LONGEST_PLACE)), point(3, 3, (0, 5))], GROUND)
    assert found.points == (Point("walking", ()), Point("meetings", ((0, 6),)))
    assert found.unresolved == 1


def test_an_answer_that_mostly_leads_nowhere_is_not_believed() -> None:
    answers = [point(at, at, (0, 99)) for at in [*range(7), 10**6]]
    assert pointed(answers, GROUND) == Pointed((), 9)


def test_without_a_prompt_there_are_no_points() -> None:
    ground = Ground(GROUND.notes, "en", ())
    assert pointed([point(0, 0, (0, 5))], ground).points == ()
    assert pointed([], ground) == Pointed((), 0)


numbers = st.integers(0, 120)
places = st.tuples(numbers, numbers)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), st.lists(places, max_size=9))))
def test_whatever_is_answered_stays_inside_both_texts(
    answers: list[tuple[int, int, list[tuple[int, int]]]],
) -> None:
    found = pointed([point(first, last, *where) for first, last, where in answers], GROUND)
    assert len(found.points) <= MOST_POINTS
    assert sum(len(each.text.split()) for each in found.points) <= len(PROMPT)
    for each in found.points:
        assert each.text in " ".join(PROMPT)
        assert all(0 <= start < end <= 100 for start, end in each.places)
