from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sessions_app.media.ranks import known_medians, quantile

numbers = st.floats(-100, 100, width=32)


@given(st.lists(numbers, min_size=1, max_size=50))
def test_quantiles_are_values_in_order(values: list[float]) -> None:
    array = np.array(values, np.float32)
    assert quantile(array, 0) == array.min()
    assert quantile(array, 1) == array.max()
    assert quantile(array, 0.2) <= quantile(array, 0.8)


@given(st.lists(st.one_of(numbers, st.just(float("nan"))), min_size=1, max_size=9))
def test_medians_look_past_the_unknown(row: list[float]) -> None:
    known = sorted(value for value in row if not np.isnan(value))
    median = known_medians(np.array([row], np.float32))[0]
    if known:
        assert median == np.float32(known[(len(known) - 1) // 2])
    else:
        assert np.isnan(median)
