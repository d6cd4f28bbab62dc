from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ai.embedding import BATCH, Embedding, batches
from ai.errors import EmptyAnswer, Malformed, ModelError
from ai.usage import Usage
from ai.wire import EmbeddingReply


def reply(*rows: tuple[int, list[float]], **more: Any) -> EmbeddingReply:
    data = [{"index": index, "embedding": values} for index, values in rows]
    return EmbeddingReply.model_validate({"data": data, **more})


@given(st.lists(st.text(), max_size=3 * BATCH + 1))
def test_batches_leave_nothing_out(texts: list[str]) -> None:
    parts = list(batches(texts))
    assert [text for part in parts for text in part] == texts
    assert all(0 < len(part) <= BATCH for part in parts)


@given(st.permutations(range(5)))
def test_vectors_come_in_the_order_of_the_texts(order: list[int]) -> None:
    call = Embedding(list("abcde"), "m")
    vectors = call.read(reply(*((index, [float(index)]) for index in order)))
    assert vectors == tuple((float(index),) for index in range(5))


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (EmbeddingReply(), Malformed),
        (reply(), EmptyAnswer),
        (reply((0, [1.0])), Malformed),
        (reply((0, [1.0]), (2, [1.0])), Malformed),
        (reply((0, [1.0]), (1, [])), Malformed),
        (reply((0, [1.0]), (1, [1.0, 2.0])), Malformed),
        (reply((0, [1.0]), (1, [float("nan")])), Malformed),
        (reply((0, [1.0]), (1, [1e39])), Malformed),
    ],
)
def test_a_vector_for_each_text_or_none(body: EmbeddingReply, expected: type[ModelError]) -> None:
    with pytest.raises(expected):
        Embedding(["a", "b"], "m").read(body)


def test_only_what_goes_in_is_paid() -> None:
    body = reply((0, [1.0]), usage={"prompt_tokens": 3, "total_tokens": 3})
    assert Embedding(["a"], "m").usage(body) == Usage(3, None, 0)
    assert Embedding(["a"], "m").usage(reply()) == Usage()


def test_keys_are_of_model_and_texts() -> None:
    keys = {Embedding(["a"], "m").key, Embedding(["a"], "n").key, Embedding(["b"], "m").key}
    assert len(keys) == 3
