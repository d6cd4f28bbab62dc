from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions_app.media.levels import Levels
from sessions_app.media.regions import speech_spans


def levels(*stretches: tuple[int, float]) -> Levels:
    """(steps of 10 ms, dBFS) one after the other."""
    return np.concatenate([np.full(steps, level, np.float32) for steps, level in stretches])


def test_speech_is_what_stands_out_of_its_own_quiet() -> None:
    for quiet in (-85.0, -70.0, -50.0, -40.0):
        found = speech_spans(levels((50, quiet), (100, -20.0), (50, quiet)))
        assert np.abs(np.array(found) - [[50, 150]]).max() <= 1


@pytest.mark.parametrize(("soft", "edge"), [(10, 160), (30, 165)])
def test_soft_sounds_beside_speech_belong_to_it_for_a_while(soft: int, edge: int) -> None:
    """They stand out from the background, and are too soft to begin speech by themselves."""
    found = speech_spans(levels((50, -50.0), (100, -20.0), (soft, -45.0), (400, -50.0)))
    assert len(found) == 1
    assert found[0][0] == pytest.approx(50, abs=1)
    assert found[0][1] == pytest.approx(edge, abs=1)


@pytest.mark.parametrize(("gap", "count"), [(15, 1), (25, 2)])
def test_a_pause_takes_two_tenths_of_a_second(gap: int, count: int) -> None:
    quiet = -70.0
    found = speech_spans(levels((50, quiet), (60, -20), (gap, quiet), (60, -20), (50, quiet)))
    assert len(found) == count


@pytest.mark.parametrize(("length", "count"), [(4, 0), (12, 1)])
def test_a_click_is_no_speech(length: int, count: int) -> None:
    assert len(speech_spans(levels((100, -70), (length, -20), (100, -70)))) == count


def test_quiet_is_not_speech_however_it_varies() -> None:
    assert speech_spans(levels((100, -90), (100, -62), (100, -90))) == []


def test_an_even_sound_is_not_speech() -> None:
    assert speech_spans(levels((500, -10))) == []


@given(st.lists(st.floats(-90, 0, width=32), max_size=300))
def test_spans_are_ordered_and_inside(values: list[float]) -> None:
    found = speech_spans(np.array(values, np.float32))
    edges = [edge for span in found for edge in span]
    assert edges == sorted(set(edges))
    assert all(0 <= edge <= len(values) for edge in edges)
