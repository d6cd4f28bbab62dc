import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions_app.speech.variation import (
    Spread,
    all_along,
    counts_differ,
    spread,
    t_quantile,
    talks_differ,
)

values = st.lists(st.floats(0, 300), min_size=4, max_size=20)
counts = st.integers(0, 30)


@pytest.mark.parametrize(
    ("probability", "freedom", "table"),
    [
        (0.975, 3, 3.182),
        (0.975, 6, 2.447),
        (0.975, 30, 2.042),
        (0.995, 6, 3.707),
        (0.9995, 10, 4.587),
        (0.9995, 120, 3.373),
    ],
)
def test_quantiles_are_those_of_the_tables(probability: float, freedom: int, table: float) -> None:
    assert t_quantile(probability, freedom) == pytest.approx(table, rel=0.02)


def test_each_talk_spreads_around_its_own_mean() -> None:
    usual = spread([1, 2, 3, 4], [101, 102, 103, 104])
    assert usual is not None
    assert (round(usual.sd, 4), usual.freedom) == (1.291, 6)


def test_too_few_passages_have_no_usual_variation() -> None:
    assert spread([1, 2, 3], [1, 2, 3, 4]) is None
    assert spread([], []) is None
    assert all_along([5.0] * 3) is None


def test_a_difference_is_held_against_what_two_passages_differ_by_anyway() -> None:
    usual = Spread(10.0, 30)  # 10 · √2 · 2.042 = 28.9
    assert not usual.exceeded(100, 128.8)
    assert usual.exceeded(100, 129.0)


def test_the_more_is_compared_the_more_it_takes() -> None:
    usual = Spread(10.0, 30)
    assert usual.exceeded(100, 135, comparisons=1)
    assert not usual.exceeded(100, 135, comparisons=20)


def test_a_small_change_in_passage_after_passage_is_one_all_along() -> None:
    assert all_along([5.0, 6, 4, 5, 6, 4, 5]) is True
    assert all_along([5.0, -6, 4, -5, 6, -4, 5]) is False


@pytest.mark.parametrize(
    ("then", "now", "differ"), [(5, 0, False), (6, 0, True), (0, 6, True), (9, 2, False)]
)
def test_counts_differ_by_more_than_a_coin_would(then: int, now: int, differ: bool) -> None:
    """Two-sided for equal lengths: 2 · 0.5⁵ = 0.0625 and 2 · 0.5⁶ = 0.031."""
    assert counts_differ(then, now, words_then=50, words_now=50) is differ


def test_more_words_are_more_occasions() -> None:
    assert counts_differ(8, 0, words_then=50, words_now=50)
    assert not counts_differ(8, 0, words_then=250, words_now=50)


@given(counts, counts, st.integers(1, 99), st.integers(1, 99), st.integers(1, 40))
def test_it_makes_no_difference_which_count_comes_first(
    then: int, now: int, before: int, after: int, comparisons: int
) -> None:
    one = counts_differ(then, now, words_then=before, words_now=after, comparisons=comparisons)
    other = counts_differ(now, then, words_then=after, words_now=before, comparisons=comparisons)
    assert one is other
    assert not counts_differ(then, then, words_then=before, words_now=before)


@given(values, values, st.integers(1, 40))
def test_what_is_equal_never_exceeds_and_sides_may_change(
    then: list[float], now: list[float], comparisons: int
) -> None:
    there, back = spread(then, now), spread(now, then)
    assert there is not None
    assert back is not None
    assert there.sd == pytest.approx(back.sd)
    assert not there.exceeded(then[0], then[0], comparisons)
    assert there.exceeded(then[0], now[0], comparisons) is there.exceeded(
        now[0], then[0], comparisons
    )


def test_two_talks_are_held_against_what_talks_of_this_speaker_differ_by() -> None:
    earlier = [130.0, 140.0, 150.0]  # 2 · √2 · 10 = 28.3
    assert talks_differ(140, 168, earlier) is False
    assert talks_differ(140, 169, earlier) is True
    assert talks_differ(169, 140, earlier) is True
    assert talks_differ(140, 169, earlier[:2]) is None


def test_a_steady_speaker_is_not_told_of_changes_nobody_would_notice() -> None:
    assert talks_differ(140, 146, [140.0] * 5) is False
    assert talks_differ(140, 149, [140.0] * 5) is True


def test_of_many_counts_each_has_its_share_of_chance() -> None:
    assert not counts_differ(6, 0, words_then=50, words_now=50, comparisons=2)
    assert counts_differ(12, 1, words_then=50, words_now=50, comparisons=10)
    assert not counts_differ(12, 1, words_then=50, words_now=50, comparisons=15)
