from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from sessions_app.speech.likeness import likeness
from sessions_app.speech.takes import ALIKE, same_places

Stems = frozenset[str]
takes = st.lists(st.frozensets(st.sampled_from("abcdefgh"), max_size=4), max_size=7)


def stems(*texts: str) -> list[Stems]:
    return [frozenset(text.split()) for text in texts]


def test_the_same_sentences_are_found_around_what_is_new_and_left_out() -> None:
    then = stems("bees live here", "cats purr", "dogs bark loud")
    now = stems("hens lay eggs", "bees live here", "dogs bark very loud")
    assert same_places(then, now) == [(0, 1), (2, 2)]


def test_of_two_that_changed_places_the_longer_one_is_found() -> None:
    then = stems("a b c d", "e f g h i")
    assert same_places(then, stems("e f g h i", "a b c d")) == [(1, 0)]


def test_nothing_is_like_nothing() -> None:
    assert same_places([], stems("a")) == same_places(stems("a"), []) == []
    assert same_places(stems(""), stems("")) == []


@given(takes, takes)
def test_none_is_used_twice_none_goes_back_and_all_are_alike(
    then: list[Stems], now: list[Stems]
) -> None:
    places = same_places(then, now)
    alike = likeness(then, now) if places else None
    for one, other in pairwise(places):
        assert one[0] < other[0]
        assert one[1] < other[1]
    assert alike is None or all(alike[place] > ALIKE for place in places)


def gathered(then: list[Stems], now: list[Stems], places: list[tuple[int, int]]) -> float:
    alike = likeness(then, now)
    return sum(
        (float(alike[row, column]) - ALIKE) * (len(then[row]) + len(now[column]))
        for row, column in places
    )


def best(then: list[Stems], now: list[Stems]) -> float:
    """Cell by cell, as textbooks have it."""
    alike = likeness(then, now)
    known: dict[tuple[int, int], float] = {}
    for row in range(len(then)):
        for column in range(len(now)):
            gain = max(0.0, float(alike[row, column]) - ALIKE) * (len(then[row]) + len(now[column]))
            known[row, column] = max(
                known.get((row - 1, column), 0.0),
                known.get((row, column - 1), 0.0),
                known.get((row - 1, column - 1), 0.0) + gain,
            )
    return known[len(then) - 1, len(now) - 1]


@given(takes.filter(bool), takes.filter(bool))
def test_no_pairing_has_more_likeness(then: list[Stems], now: list[Stems]) -> None:
    assert abs(gathered(then, now, same_places(then, now)) - best(then, now)) < 1e-4
