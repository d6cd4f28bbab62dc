from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ai.cache import (
    dump_heard,
    dump_vectors,
    key_of,
    load_heard,
    load_vectors,
    single,
)
from ai.questions import Heard, HeardSegment, HeardWord

times = st.integers(0, 10_000_000)
numbers = st.lists(st.floats(width=32, allow_nan=False), max_size=5)


def test_keys_are_sha256_and_forget_the_order() -> None:
    assert key_of(a=1, b="x") == key_of(b="x", a=1)
    assert len(key_of()) == 64


@given(
    st.dictionaries(st.sampled_from("abc"), st.text()),
    st.dictionaries(st.sampled_from("abc"), st.text()),
)
def test_other_parts_give_another_key(one: dict[str, object], other: dict[str, object]) -> None:
    assert (key_of(**one) == key_of(**other)) == (one == other)


@given(
    st.text(),
    st.lists(st.builds(HeardWord, st.text(), times, times)).map(tuple),
    st.lists(st.builds(HeardSegment, st.text(), times, times)).map(tuple),
)
def test_what_was_heard_comes_back(
    text: str, words: tuple[HeardWord, ...], segments: tuple[HeardSegment, ...]
) -> None:
    heard = Heard(text, words, segments)
    assert load_heard(dump_heard(heard)) == heard


@given(st.lists(numbers.map(single)).map(tuple))
def test_vectors_come_back(vectors: tuple[tuple[float, ...], ...]) -> None:
    assert load_vectors(dump_vectors(vectors)) == vectors


def test_vectors_are_compared_as_they_will_be_found() -> None:
    vector = single([0.1])
    assert load_vectors(dump_vectors((vector,))) == (vector,)
    assert vector[0] == pytest.approx(0.1)
    assert vector[0] != 0.1
