from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st

from sessions_app.stages.outputs import Match, PassageVector
from sessions_app.stages.similar import similar

EAST, NORTH, NOTHING = (1.0, 0.0), (0.0, 1.0), (0.0, 0.0)
NORTH_EAST = (3.0, 3.0)


def passage(start_word: int, vector: tuple[float, ...]) -> PassageVector:
    return PassageVector(start_word, start_word + 60, "text", None, vector)


def test_each_passage_finds_the_nearest_moment_of_earlier_talks() -> None:
    found = similar([passage(0, EAST), passage(60, NORTH)], [(7, NORTH), (8, (2.0, 0.1))])
    assert found == (Match(60, 7, 1.0), Match(0, 8, 0.9988))


def test_what_is_not_near_enough_is_not_named() -> None:
    ours, earlier = [passage(0, NORTH_EAST)], [(7, EAST)]
    assert similar(ours, earlier, floor=0.71) == ()
    assert similar(ours, earlier, floor=0.7) == (Match(0, 7, 0.7071),)


def test_the_nearest_come_first_and_only_so_many() -> None:
    ours = [passage(0, NORTH_EAST), passage(60, NORTH), passage(120, EAST)]
    earlier = [(1, (3.0, 3.1)), (2, NORTH), (3, (1.0, 0.2))]
    assert [match.start_word for match in similar(ours, earlier, limit=2)] == [60, 0]


def test_a_moment_is_named_once_with_what_is_nearest_to_it() -> None:
    found = similar([passage(0, NORTH_EAST), passage(60, (2.0, 3.0))], [(7, NORTH)])
    assert [match.start_word for match in found] == [60]


def test_a_vector_of_nothing_is_like_nothing() -> None:
    assert similar([passage(0, NOTHING)], [(7, EAST)]) == ()
    assert similar([passage(0, EAST)], [(7, NOTHING)]) == ()


def test_first_talks_have_nothing_to_be_like() -> None:
    assert similar([passage(0, EAST)], []) == ()
    assert similar([], [(7, EAST)]) == ()


VECTOR = st.tuples(*[st.floats(-10, 10, allow_subnormal=False)] * 3)


@given(st.lists(VECTOR, max_size=8), st.lists(VECTOR, max_size=8), st.floats(-1, 1))
def test_every_match_is_as_near_as_it_says_and_none_is_nearer(
    ours: list[tuple[float, ...]], theirs: list[tuple[float, ...]], floor: float
) -> None:
    found = similar(
        [passage(at, vector) for at, vector in enumerate(ours)],
        list(enumerate(theirs)),
        limit=3,
        floor=floor,
    )
    assert len(found) <= 3
    assert len({match.earlier for match in found}) == len(found)
    for match in found:
        vector = ours[match.start_word]
        assert math.isclose(match.similarity, cosine(vector, theirs[match.earlier]), abs_tol=1e-4)
        assert match.similarity >= max(cosine(vector, other) for other in theirs) - 1e-4


def cosine(a: tuple[float, ...], b: tuple[float, ...]) -> float:
    lengths = math.hypot(*a) * math.hypot(*b)
    return sum(x * y for x, y in zip(a, b, strict=True)) / lengths if lengths else 0.0


def test_vectors_of_another_length_are_not_compared() -> None:
    earlier = [(7, (1.0, 0.0, 0.0)), (8, EAST)]
    assert similar([passage(0, EAST)], earlier) == (Match(0, 8, 1.0),)
    assert similar([passage(0, EAST)], earlier[:1]) == ()
