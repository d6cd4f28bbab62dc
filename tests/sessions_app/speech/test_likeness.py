import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sessions_app.speech.likeness import likeness

stretches = st.lists(st.frozensets(st.sampled_from("abcdefgh"), max_size=5), min_size=1, max_size=8)


def alike(then: list[str], now: list[str]) -> list[list[float]]:
    sets = [[frozenset(text.split()) for text in side] for side in (then, now)]
    return [[round(float(each), 2) for each in row] for row in likeness(*sets)]


def test_the_same_is_one_and_nothing_shared_is_none() -> None:
    assert alike(["bees sting", "cats purr"], ["bees sting"]) == [[1.0], [0.0]]


def test_rare_words_say_more_than_those_in_every_sentence() -> None:
    then = ["the bee", "the cat", "the dog"]
    row = alike(then, ["the hen", "a bee"])[0]
    assert row[1] > row[0] > 0


@given(stretches, stretches)
def test_it_is_the_same_from_either_side_and_between_none_and_one(
    then: list[frozenset[str]], now: list[frozenset[str]]
) -> None:
    there, back = likeness(then, now), likeness(now, then)
    assert np.allclose(there, back.T, atol=1e-6)
    assert there.min() >= 0
    assert there.max() <= 1
