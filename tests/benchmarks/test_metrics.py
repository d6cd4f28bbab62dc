from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.document import replaced
from benchmarks.metrics import BEGIN, as_markdown

DOCS = Path(__file__).parents[2] / "docs"


def timed(few: float, many: float, full: float = 1.0) -> dict[str, dict[str, float]]:
    return {
        "few": {"cost": few},
        "many": {"cost": many},
        "empty": {"call": 1.0},
        "full": {"call": full},
    }


def test_both_databases_stand_side_by_side() -> None:
    text = as_markdown({"SQLite": timed(100, 300), "PostgreSQL": timed(30, 90)})
    assert "| cost | 100.00 | 300.00 | 30.00 | 90.00 |" in text
    assert "| call, PostgreSQL | 1.00 | 1.00 | 1.00 |" in text


@pytest.mark.parametrize(
    ("found", "told"),
    [
        ({"SQLite": timed(201, 300)}, "| 201.00 (wanted: 200) | 300.00 |"),
        ({"SQLite": timed(100, 601)}, "| 100.00 | 601.00 (wanted: 600) |"),
        ({"PostgreSQL": timed(50, 151)}, "| 50.00 | 151.00 (wanted: 150) |"),
        ({"PostgreSQL": timed(50, 50, full=1.6)}, "| 1.60 (wanted: 1.5) |"),
    ],
)
def test_what_takes_too_long_says_so(
    found: dict[str, dict[str, dict[str, float]]], told: str
) -> None:
    assert told in as_markdown(found)


def test_without_a_database_there_is_nothing_to_tell() -> None:
    assert as_markdown({}).count("\n") < 6


def test_our_page_has_its_mark() -> None:
    assert replaced((DOCS / "performance.md").read_text(), "", BEGIN)
