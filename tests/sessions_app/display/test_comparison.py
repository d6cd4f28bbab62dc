import pytest

from sessions_app.display.comparison import compared_lengths


@pytest.mark.parametrize(
    ("now", "before", "shown"),
    [
        (61_900, 89_142, ("1:01", "1:29", "−0:28")),
        (3_725_900, 60_000, ("1:02:05", "1:00", "+1:01:05")),
        (60_000, 60_999, ("1:00", "1:00", "same")),
        (60_000, None, ("1:00", "not available", "")),
    ],
)
def test_lengths_are_written_as_everywhere_and_their_difference_adds_up(
    now: int, before: int | None, shown: tuple[str, str, str]
) -> None:
    row = compared_lengths("duration-ms", "Length", now, before)
    assert (row.now, row.before, row.change) == shown
    assert row.verdict == ""
