"""Finding a piece of sound in a talk."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.openai_sim.sound import RATE, Sound
from tests.openai_sim.talks import PADDING, Talk
from tests.openai_sim.transcripts import Word

SECONDS = 30


def speechlike(seed: int) -> Sound:
    """Noise in bursts of 100 ms, some of them silent."""
    random = np.random.default_rng(seed)
    bursts = random.uniform(0, 1, SECONDS * 10) * (random.uniform(size=SECONDS * 10) > 0.3)
    samples = random.standard_normal(SECONDS * RATE) * np.repeat(bursts, RATE // 10) * 0.1
    return np.asarray(samples, np.float32)


SOUND = speechlike(1)
TALK = Talk(
    tuple(Word(str(n), n * 300, n * 300 + 200) for n in range(SECONDS * 3)),
    np.pad(SOUND, PADDING),
)


@settings(max_examples=30, deadline=None)
@given(
    start=st.integers(0, (SECONDS - 6) * RATE),
    length=st.integers(3 * RATE, 6 * RATE),
    volume=st.floats(0.3, 3),
    noise=st.floats(0, 0.002),
)
def test_any_piece_is_found_to_the_sample(
    start: int, length: int, volume: float, noise: float
) -> None:
    hiss = np.random.default_rng(2).standard_normal(length) * noise
    piece = np.asarray(SOUND[start : start + length] * volume + hiss, np.float32)
    found = TALK.words_of(piece)
    assert found is not None
    start_ms, end_ms = start * 1000 / RATE, (start + length) * 1000 / RATE
    inside = [word for word in TALK.words if start_ms <= word.start_ms + 100 < end_ms]
    assert [word.text for word in found] == [word.text for word in inside]
    for known, word in zip(inside[1:-1], found[1:-1], strict=True):
        assert abs(word.start_ms - (known.start_ms - start_ms)) <= 1


def test_all_of_it_is_found_with_silence_around_it() -> None:
    found = TALK.words_of(np.pad(SOUND, RATE // 4))
    assert found is not None
    assert [word.text for word in found] == [word.text for word in TALK.words]
    assert found[0].start_ms == 250


def test_another_talk_is_not_found() -> None:
    assert TALK.words_of(speechlike(2)[: 8 * RATE]) is None


def test_silence_is_found_nowhere() -> None:
    assert TALK.words_of(np.zeros(3 * RATE, np.float32)) is None
