from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from sessions_app.coaching.windows import (
    CONTEXT_WORDS,
    MOST_WORDS,
    REACH_WORDS,
    Window,
    undivided,
    windows,
)


@st.composite
def divided(draw: st.DrawFn, size: int) -> list[tuple[int, int]]:
    """Half-open ranges that cover a talk."""
    cuts = draw(st.lists(st.integers(1, max(1, size - 1)), max_size=60))
    edges = sorted({0, size, *(cut for cut in cuts if cut < size)})
    return list(pairwise(edges))


@st.composite
def talks(draw: st.DrawFn) -> tuple[int, list[tuple[int, int]], list[tuple[int, int]]]:
    size = draw(st.integers(1, 3_000))
    phrases = draw(st.lists(st.integers(0, size - 1), max_size=200))
    whole = [(at, min(size, at + draw(st.integers(1, 5)))) for at in phrases]
    return size, draw(divided(size)), whole


@given(talks())
def test_every_word_is_judged_in_exactly_one_window(
    given_talk: tuple[int, list[tuple[int, int]], list[tuple[int, int]]],
) -> None:
    size, sentences, whole = given_talk
    cut = windows(size, sentences, whole)
    judged = [at for window in cut for at in range(window.first, window.last + 1)]
    assert judged == list(range(size))


@given(talks())
def test_no_border_cuts_a_phrase_and_no_phrase_is_lost_or_doubled(
    given_talk: tuple[int, list[tuple[int, int]], list[tuple[int, int]]],
) -> None:
    size, sentences, whole = given_talk
    cut = windows(size, sentences, whole)
    for start, end in whole:
        assert sum(window.holds(start, end - 1) for window in cut) == 1
        assert any(window.first <= start and end - 1 <= window.last for window in cut)


@given(talks())
def test_each_window_sees_a_few_words_more_on_both_sides(
    given_talk: tuple[int, list[tuple[int, int]], list[tuple[int, int]]],
) -> None:
    size, sentences, whole = given_talk
    for window in windows(size, sentences, whole):
        assert window.seen_first == max(0, window.first - CONTEXT_WORDS)
        assert window.seen_last == min(size - 1, window.last + CONTEXT_WORDS)


@given(st.integers(1, 9_000))
def test_windows_are_of_a_size_a_model_answers_soon(size: int) -> None:
    cut = windows(size, [(at, min(size, at + 12)) for at in range(0, size, 12)])
    lengths = [window.last - window.first + 1 for window in cut]
    assert max(lengths) <= MOST_WORDS + 2 * REACH_WORDS
    assert min(lengths) >= min(size, MOST_WORDS // 2 - 2 * REACH_WORDS)


def test_borders_stand_at_ends_of_sentences_where_one_is_near() -> None:
    assert [window.first for window in windows(500, [(0, 240), (240, 500)])] == [0, 240]
    assert [window.first for window in windows(500, [(0, 500)])] == [0, 250]


def test_a_border_moves_out_of_a_phrase() -> None:
    assert [window.first for window in windows(500, [], [(249, 252)])] == [0, 249]


def test_a_phrase_too_long_to_get_out_of_joins_two_windows() -> None:
    assert windows(500, [], [(200, 300)]) == (Window(0, 499, 0, 499),)


def test_a_range_that_begins_outside_is_unseen_or_backwards_is_not_held() -> None:
    window = Window(10, 20, 0, 30)
    assert window.holds(10, 20)
    assert window.holds(20, 30)
    assert not window.holds(9, 12)
    assert not window.holds(21, 22)
    assert not window.holds(20, 31)
    assert not window.holds(15, 14)


def test_a_range_is_seen_where_one_of_its_words_is() -> None:
    window = Window(10, 20, 5, 25)
    assert window.sees(0, 5)
    assert window.sees(25, 30)
    assert not window.sees(0, 4)
    assert not window.sees(26, 26)


def test_undivided_is_one_window_on_every_word() -> None:
    assert undivided(3) == (Window(0, 2, 0, 2),)
    assert undivided(0) == ()
