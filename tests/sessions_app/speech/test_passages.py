from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from sessions_app.speech.passages import Range, length, passages, pieces


def in_a_row(lengths: list[int]) -> list[Range]:
    edges = [sum(lengths[:at]) for at in range(len(lengths) + 1)]
    return list(pairwise(edges))


def test_they_end_with_sentences() -> None:
    assert passages(in_a_row([30, 15, 38, 5, 60]), 40, 80) == ((0, 45), (45, 88), (88, 148))


def test_what_is_left_at_the_end_joins_what_stands_before_it() -> None:
    assert passages(in_a_row([45, 10]), 40, 80) == ((0, 55),)
    assert passages(in_a_row([75, 10]), 40, 80) == ((0, 75), (75, 85))


@given(st.lists(st.integers(1, 300), max_size=40), st.integers(1, 50), st.integers(0, 50))
def test_they_cover_all_words_in_order_and_none_is_too_long(
    lengths: list[int], shortest: int, more: int
) -> None:
    longest = shortest + more
    sentences = in_a_row(lengths)
    for made in (passages(sentences, shortest, longest), tuple(pieces(sentences, longest))):
        assert [at for start, end in made for at in range(start, end)] == [*range(sum(lengths))]
        assert all(0 < length(each) <= longest for each in made)
