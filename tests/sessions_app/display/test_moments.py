from __future__ import annotations

import pytest

from sessions_app.display.moments import exact_clock


@pytest.mark.parametrize(
    ("ms", "shown"),
    [(0, "0:00.0"), (99, "0:00.0"), (59_999, "0:59.9"), (3_600_100, "1:00:00.1")],
)
def test_a_moment_is_told_to_the_tenth_of_a_second(ms: int, shown: str) -> None:
    assert exact_clock(ms) == shown
