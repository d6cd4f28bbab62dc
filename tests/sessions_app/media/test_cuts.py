from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sessions_app.media.cuts import FARTHEST_MS, cut_points
from sessions_app.media.regions import Span


def test_cuts_in_the_middle_of_pauses_only() -> None:
    levels = np.full(1_000, -20, np.float32)
    assert cut_points(levels, [(50, 300), (360, 600), (640, 900)]) == [3_300, 6_200]


def test_where_nobody_pauses_the_quietest_moment_will_do() -> None:
    levels = np.full(3_000, -20, np.float32)
    levels[1_500:1_512] = -50
    assert cut_points(levels, [(0, 3_000)]) == [15_050]


def test_without_speech_it_can_be_cut_anywhere() -> None:
    assert cut_points(np.full(500, -80, np.float32), []) == []
    points = cut_points(np.full(10_000, -80, np.float32), [])
    assert max(after - before for before, after in pairwise([0, *points, 100_000])) <= FARTHEST_MS


@st.composite
def talks(draw: st.DrawFn) -> tuple[int, list[Span]]:
    edges = [*draw(st.lists(st.integers(20, 9000), max_size=20)), draw(st.integers(1, 9000))]
    at = np.cumsum(edges).tolist()
    return at[-1], list(zip(at[:-1:2], at[1:-1:2], strict=False))


@given(talks())
def test_a_long_enough_chunk_can_always_be_cut_off(talk: tuple[int, list[Span]]) -> None:
    steps, speech = talk
    levels = np.random.default_rng(steps).uniform(-60, -10, steps).astype(np.float32)
    points = [0, *cut_points(levels, speech), steps * 10]
    assert all(0 < after - before <= FARTHEST_MS for before, after in pairwise(points))
