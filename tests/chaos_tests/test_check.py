from __future__ import annotations

import pytest

from tests.chaos.check import at_most


@pytest.mark.parametrize(
    ("value", "most", "shown", "target", "holds"),
    [
        (0, 0, "0", "0", True),
        (1, 0, "1", "0", False),
        (45.0, 45.0, "45.0 s", "≤ 45 s", True),
        (45.06, 45.0, "45.1 s", "≤ 45 s", False),
    ],
)
def test_a_figure_holds_up_to_its_target(
    value: float, most: float, shown: str, target: str, holds: bool
) -> None:
    unit = "" if isinstance(value, int) else " s"
    check = at_most("x", value, most, unit)
    assert (check.value, check.target, check.holds) == (shown, target, holds)
