from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions_app.display.rough_times import rough_time


@pytest.mark.parametrize(
    ("ms", "said"),
    [
        (4, "1 second"),
        (1_400, "1 second"),
        (1_600, "2 seconds"),
        (9_800, "10 seconds"),
        (12_400, "10 seconds"),
        (43_000, "45 seconds"),
        (57_400, "55 seconds"),
        (57_600, "1 minute"),
        (100_000, "2 minutes"),
    ],
)
def test_a_time_is_no_more_exact_than_it_is_known(ms: int, said: str) -> None:
    assert rough_time(ms) == said


@given(st.integers(0, 7_200_000))
def test_no_time_is_nothing(ms: int) -> None:
    assert int(rough_time(ms).split()[0]) >= 1
