from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics_app.packing import pack, unpack


@given(st.lists(st.integers(0, 2**31 - 1)))
def test_what_was_packed_comes_back_in_order(values: list[int]) -> None:
    packed = pack(values)
    assert unpack(packed).tolist() == sorted(values)
    assert len(packed) == 4 * len(values)


def test_databases_give_bytes_in_a_form_of_their_own() -> None:
    assert unpack(memoryview(pack([2, 1]))).tolist() == [1, 2]


def test_what_does_not_fit_is_refused() -> None:
    with pytest.raises(OverflowError):
        pack([2**31])
