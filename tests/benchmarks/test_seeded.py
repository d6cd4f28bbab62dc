from __future__ import annotations

import pytest

from benchmarks.seeded import making
from tests.benchmarks.samples import seeded


def test_a_fifth_of_the_talks_is_contested_and_no_two_are_alike() -> None:
    makings = [making(number) for number in range(100)]
    assert sum(each.contested for each in makings) == 20
    assert len({each.seeds for each in makings}) == 100
    assert any(each.contested for each in makings[:5])


def test_means_are_over_all_talks_and_ratios_by_talk() -> None:
    found = seeded()
    assert found.means == {"sequential": 67.0, "hybrid": 54.0, "ours": 12.0}
    assert found.regenerated == 0.5
    assert found.slowest.name == "seed 2"
    assert found.slowest.ratio == pytest.approx(15 / 66)
