from __future__ import annotations

from decimal import Decimal

import pytest

from metrics_app.display.text import duration, number, share, usd, waited


@pytest.mark.parametrize(
    ("ms", "written"),
    [
        (None, "not available"),
        (0, "0 ms"),
        (999, "999 ms"),
        (999.6, "1.0 s"),
        (1_000, "1.0 s"),
        (99_949, "99.9 s"),
        (125_000, "125 s"),
    ],
)
def test_times_are_written_as_finely_as_they_matter(ms: float | None, written: str) -> None:
    assert duration(ms) == written


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, "not available"),
        ("0", "$0.00"),
        ("1234.5", "$1,234.50"),
        ("0.1", "$0.10"),
        ("0.0414", "$0.0414"),
        ("0.00123", "$0.00123"),
    ],
)
def test_small_sums_are_written_out(value: str | None, written: str) -> None:
    assert usd(None if value is None else Decimal(value)) == written


def test_shares_are_per_cent() -> None:
    assert (share(0.4149), share(0.4149, 1), share(None)) == ("41 %", "41.5 %", "not available")


def test_waiting_is_told_in_minutes_from_two_on() -> None:
    assert (waited(119), waited(120), waited(None)) == ("119 s", "2 min", "not available")


def test_numbers_are_grouped() -> None:
    assert (number(1234), number(None)) == ("1,234", "not available")
