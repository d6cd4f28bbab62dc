from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics_app.buckets import BUCKETS, bucket

IDS = range(1, 100_001)
ELSEWHERE = (
    "from metrics_app.buckets import bucket\n"
    "print(*(bucket('windowed_analysis', i) for i in range(1, 2001)))"
)


@given(st.text(), st.integers())
def test_every_user_of_every_flag_has_a_bucket(flag: str, user_id: int) -> None:
    assert 0 <= bucket(flag, user_id) < BUCKETS


def test_another_process_with_another_hash_seed_gives_the_same_answers() -> None:
    here = [bucket("windowed_analysis", user_id) for user_id in range(1, 2001)]
    for seed in ("1", "2"):
        there = subprocess.run(
            [sys.executable, "-c", ELSEWHERE],
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        )
        assert [int(number) for number in there.stdout.split()] == here


@pytest.mark.parametrize("permille", [1, 55, 100, 250, 500, 900, 999])
@pytest.mark.parametrize("flag", ["parallel_ai_processing", "content_review"])
def test_share_of_100_000_users_is_within_half_a_point(flag: str, permille: int) -> None:
    share = 100 * sum(bucket(flag, user_id) < permille for user_id in IDS) / len(IDS)
    assert abs(share - permille / 10) <= 0.5


def test_two_flags_at_half_split_each_other_in_half() -> None:
    """Chi-square of the 2 × 2 table, one degree of freedom; 10.83 is the 0.1 % point."""
    table = {(a, b): 0 for a in (False, True) for b in (False, True)}
    for user_id in IDS:
        table[bucket("answer_cache", user_id) < 500, bucket("content_review", user_id) < 500] += 1
    assert chi_square(table) < 10.83


def chi_square(table: dict[tuple[bool, bool], int]) -> float:
    total = sum(table.values())
    result = 0.0
    for (a, b), observed in table.items():
        row = table[a, False] + table[a, True]
        column = table[False, b] + table[True, b]
        expected = row * column / total
        result += (observed - expected) ** 2 / expected
    return result


@given(st.integers(0, 10_000_000), st.integers(0, BUCKETS), st.integers(0, BUCKETS))
def test_who_is_in_stays_in_when_the_share_grows(user_id: int, one: int, other: int) -> None:
    small, large = sorted((one, other))
    if bucket("content_review", user_id) < small:
        assert bucket("content_review", user_id) < large
